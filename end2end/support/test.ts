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
    async ({ browser, expectedConsole, javaScriptEnabled }, use) => {
      const complaints: string[] = [];
      // Without script nothing takes up what the page loads ahead for it.
      const expected = javaScriptEnabled ? expectedConsole : [...expectedConsole, /preloaded using link preload but not used/];
      const note = (complaint: string) => {
        if (!expected.some((one) => one.test(complaint))) complaints.push(complaint);
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

/**
 * Says on the console what moves after it was drawn, before anybody has typed. Runs in the page. Tables that settle
 * while a busy machine still sends them stay far below the limit; half of what counts as good elsewhere is 0.05.
 */
function watchTheLayout() {
  let typed = Infinity;
  addEventListener('input', () => (typed = Math.min(typed, performance.now())), true);
  const name = (node: Node | null) => (node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : node?.nodeName);
  const at = (box: DOMRect) => [box.x, box.y, box.width, box.height].map(Math.round).join(' ');
  const moved = (one: any) => `${name(one.node)} from ${at(one.previousRect)} to ${at(one.currentRect)}`;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as any[]) {
      if (shift.hadRecentInput || shift.startTime > typed || shift.value < 0.05) continue;
      console.warn(`the layout jumps by ${shift.value.toFixed(3)}: ${shift.sources.map(moved).join(', ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

function listenTo(context: BrowserContext, note: (complaint: string) => void) {
  context.addInitScript(watchTheLayout).catch(() => note('the layout is not watched'));
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
