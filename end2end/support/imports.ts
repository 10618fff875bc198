// What journeys do on the import page.

import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

/** Sends a file from `fixtures` and waits for its preview. */
export async function readFile(page: Page, file: string) {
  await page.getByLabel('File', { exact: true }).setInputFiles(join(import.meta.dirname, '../fixtures', file));
  await page.getByRole('button', { name: 'Read the file' }).click();
  await expect(page.getByRole('heading', { name: `Import: ${file}` })).toBeVisible();
}

/** What is wrong with the file: line, column and a part of the sentence of each row. */
export async function expectErrors(page: Page, expected: string[][]) {
  const rows = page.getByRole('table', { name: 'Errors by line and column' }).locator('tbody tr');
  await expect(rows).toHaveCount(expected.length);
  for (const [at, [line, column, message]] of expected.entries()) {
    const cells = rows.nth(at).locator('td');
    await expect(cells.nth(0)).toHaveText(line);
    await expect(cells.nth(1)).toHaveText(column);
    await expect(cells.nth(2)).toContainText(message);
  }
}
