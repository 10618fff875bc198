// What every test imports in place of '@playwright/test'.

import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

type Fixtures = {
  /** Console messages that belong to the test, such as the one for a page that is not found. */
  expectedConsole: RegExp[];
  silentConsole: void;
};

export const test = base.extend<Fixtures>({
  expectedConsole: [[], { option: true }],

  baseURL: async ({}, use) => {
    await use(process.env.HYPOTHECA_BASE_URL);
  },

  // Every page of every context, also of those that a test opens for a second person.
  silentConsole: [
    async ({ browser, expectedConsole }, use) => {
      const complaints: string[] = [];
      const note = (complaint: string) => {
        if (!expectedConsole.some((expected) => expected.test(complaint))) complaints.push(complaint);
      };
      const listen = (context: BrowserContext) => listenTo(context, note);
      browser.on('context', listen);
      await use();
      browser.off('context', listen);
      expect(complaints, 'the browser console stays silent').toEqual([]);
    },
    { auto: true },
  ],
});

function listenTo(context: BrowserContext, note: (complaint: string) => void) {
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      note(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => {
    const { name, message, stack } = error.error();
    note(`uncaught: ${name}: ${message} ${stack ?? ''} (${error.page()?.url()})`);
  });
}

/** The one-time link that the server printed on its empty database. */
export function setUpLink() {
  const link = process.env.HYPOTHECA_SETUP_LINK;
  if (!link) throw new Error('The server printed no set-up link');
  return link;
}

/** WCAG 2.2 at levels A and AA, as far as a program can judge it. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map((node) => node.target.join(' ')),
  }));
  expect(found, `${page.url()} is accessible`).toEqual([]);
}

export { expect };
