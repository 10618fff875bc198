// Two ways to do the same things: by mouse or finger, and by keyboard alone.

import { expect, type Locator, type Page } from '@playwright/test';

import { reach } from './focus';

/** What a person does with a page. */
export interface Hands {
  press(target: Locator): Promise<void>;
  /** Sends the form of a field by its first button, which is given for those who press it. */
  send(field: Locator, button: Locator): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  /** `day` as 2026-11-21. */
  date(field: Locator, day: string): Promise<void>;
  choose(select: Locator, label: string): Promise<void>;
  tick(box: Locator): Promise<void>;
  paste(field: Locator, text: string): Promise<void>;
  attach(input: Locator, path: string): Promise<void>;
  /** A part of the application, and the second key of the two that lead there. */
  go(part: string, key: string): Promise<void>;
  /** Opens a row of the list at hand by its link. */
  open(link: Locator): Promise<void>;
  /** Opens the score page of the hypothesis at hand, and answers impact, confidence and ease. */
  score(levels: number[]): Promise<void>;
}

const awake = 'html[data-hydrated]';

export const byMouse = (page: Page): Hands => ({
  press: (target) => target.click(),
  send: (_, button) => button.click(),
  write: (field, text) => field.fill(text),
  date: (field, day) => field.fill(day),
  choose: async (select, label) => void (await select.selectOption({ label })),
  tick: (box) => box.check(),
  paste: (field, text) => field.fill(text),
  attach: (input, path) => input.setInputFiles(path),
  go: async (part) => {
    const link = page.getByRole('link', { name: new RegExp(`^${part}`) });
    const bar = page.locator('.main-nav:visible, .bottom-bar:visible').locator(link);
    if (await bar.count()) return bar.first().click(); // both bars are there until the style sheet is
    await page.locator('.nav-menu summary').click();
    await page.locator('.nav-menu').locator(link).click();
  },
  open: (link) => link.click(),
  score: async (levels) => {
    await page.getByRole('link', { name: 'Give my score' }).click();
    const names = ['impact', 'confidence', 'ease'];
    for (const [at, level] of levels.entries()) {
      await page.locator(`label:has(input[name=${names[at]}][value="${level}"])`).click();
    }
  },
});

export const byKeyboard = (page: Page): Hands => {
  const { keyboard } = page;
  /** Presses single keys once the page listens to them. */
  const press = async (...keys: string[]) => {
    await page.waitForSelector(awake);
    for (const key of keys) await keyboard.press(key);
  };
  const write = async (field: Locator, text: string) => {
    await reach(page, field);
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type(text);
  };
  return {
    press: async (target) => {
      await reach(page, target);
      await keyboard.press('Enter');
    },
    send: async (field) => {
      await reach(page, field);
      await keyboard.press('Enter');
    },
    write,
    date: async (field, day) => {
      const [year, month, date] = day.split('-');
      await reach(page, field);
      await keyboard.type(`${month}${date}${year}`);
      await expect(field).toHaveValue(day);
    },
    choose: async (select, label) => {
      await reach(page, select);
      await keyboard.type(label);
      await expect(select.locator('option:checked')).toHaveText(label);
    },
    tick: async (box) => {
      await reach(page, box);
      await keyboard.press('Space');
      await expect(box).toBeChecked();
    },
    paste: async (field, text) => {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await reach(page, field);
      await keyboard.press('ControlOrMeta+v');
    },
    attach: async (input, path) => {
      await reach(page, input);
      const chooser = page.waitForEvent('filechooser');
      await keyboard.press('Space');
      await (await chooser).setFiles(path);
    },
    go: (_, key) => press('g', key),
    open: async (link) => {
      const focused = () => link.evaluate((row) => row === document.activeElement);
      await press('j');
      for (let rows = 0; !(await focused()); rows++) {
        expect(rows, 'the row is in the list').toBeLessThan(50);
        await keyboard.press('j');
      }
      await keyboard.press('Enter');
    },
    score: async (levels) => {
      await press('s');
      await expect(page).toHaveURL(/\/score$/);
      await press(...levels.map((level) => String(level % 10)));
    },
  };
};
