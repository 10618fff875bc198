// Evidence from a research log: what is wrong with it, the rows as they will be, the same log again, and the way back.

import type { Page } from '@playwright/test';

import { ownerState } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';
import { expectErrors, readFile } from '../support/imports';
import { emptyWorkspace } from '../support/library';
import { expect, expectAccessible, test } from '../support/test';

test.use({ storageState: ownerState });

/** What is wrong, by line and column. */
const wrong = [
  ['3', 'Observed on', '2999-01-06 lies in the future.'],
  ['4', 'Method', '“Hearsay” is not a kind of evidence. Use one of: Stakeholder input,'],
  ['5', 'Respondents', '“many” is not a whole number.'],
];

async function importAndUndo(page: Page, home: string, look: (page: Page) => Promise<void>) {
  await page.goto(`${home}/hypotheses/new`);
  await page.getByLabel('Title').fill('Show the stock');
  await saveHypothesis(page);

  await page.goto(`${home}/evidence`);
  await page.getByRole('link', { name: 'Import evidence' }).first().click();
  await expect(page.getByLabel('A row is')).toHaveValue('evidence');
  await look(page);
  await readFile(page, 'research-log-with-errors.csv');
  await expectErrors(page, wrong);
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await look(page);

  await page.getByRole('link', { name: 'Choose another file' }).click();
  await readFile(page, 'research-log.csv');
  await expect(page.getByText('3 rows, 8 columns. All can be imported.')).toBeVisible();
  const preview = page.getByRole('table', { name: 'Preview of evidence' });
  await expect(preview.locator('tbody tr')).toHaveCount(3);
  await expect(preview.getByRole('row', { name: /Half never scroll/ })).toContainText('Heatmap');
  await expect(preview.getByRole('row', { name: /Stock is asked for/ })).toContainText('supports H-1');
  await look(page);
  await page.getByRole('button', { name: 'Import 3 pieces of evidence' }).click();
  await expect(page.getByText('3 pieces of evidence imported from research-log.csv.')).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await page.goto(`${home}/hypotheses/H-1`);
  await expect(page.getByRole('region', { name: 'Evidence' }).getByText('Stock is asked for').first()).toBeVisible();

  await page.goto(`${home}/import?as=evidence`);
  await readFile(page, 'research-log.csv');
  await expect(page.getByText('There is nothing to import yet.')).toBeVisible();
  await expect(page.getByText('E-1 is the same, by title, kind and days; the row is left out.')).toBeVisible();

  await page.goto(`${home}/import`);
  await page.getByRole('button', { name: 'Undo research-log.csv' }).click();
  await expect(page.getByRole('status')).toContainText('Import 1 is undone. 3 pieces of evidence archived; nothing is lost.');
  await page.goto(`${home}/evidence`);
  await expect(page.getByRole('heading', { name: 'No evidence yet' })).toBeVisible();
}

test('a research log is mended, imported with its links, recognised and taken back', async ({ page }, about) => {
  test.slow();
  await importAndUndo(page, emptyWorkspace('evidence-import', about), expectAccessible);
});

test('the same before any script has loaded @noscript', async ({ page }, about) => {
  test.slow();
  const unseen = async () => {}; // axe itself is a script
  await importAndUndo(page, emptyWorkspace('evidence-import', about), unseen);
});
