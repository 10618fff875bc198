// The import page: what is wrong with a file, the mapping by hand, and taking an import back.

import type { Page } from '@playwright/test';

import { ownerState } from '../support/cast';
import { expectErrors, readFile } from '../support/imports';
import { emptyWorkspace } from '../support/library';
import { expect, expectAccessible, test } from '../support/test';

test.use({ storageState: ownerState });

async function becomes(page: Page, column: string, field: string) {
  await page.getByLabel(`${column} becomes`).selectOption({ label: field });
  await page.getByRole('button', { name: 'Preview again' }).click();
}

/** What is wrong, by line and column; a cell of two lines moves the lines below it. */
const wrong = [
  ['3', 'Impact', '11 is outside 1 to 10.'],
  ['5', 'Ease', '“soon” is not a number'],
  ['5', 'Owner', 'Nobody here has the e-mail address stranger@holm.example.'],
  ['5', 'Created', '31.02.2025 is not in the calendar.'],
  ['6', 'Test idea', 'The title is missing.'],
];

async function importAndUndo(page: Page, home: string, look: (page: Page) => Promise<void>) {
  await page.goto(`${home}/import`);
  await look(page);
  await readFile(page, 'backlog-with-errors.csv');
  await expect(page.getByText('5 rows, 8 columns. 5 errors stand in the way.')).toBeVisible();
  await expectErrors(page, wrong);
  await look(page);
  await becomes(page, 'Created', 'Keep in details');
  await expectErrors(page, wrong.filter(([, column]) => column !== 'Created'));
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await expect(page.getByText('Nothing can be imported while there are errors.')).toBeVisible();
  await page.goto(`${home}/hypotheses?stage=all`);
  await expect(page.getByRole('heading', { name: 'No hypothesis yet' })).toBeVisible();

  await page.getByRole('link', { name: 'Import a backlog' }).click();
  await readFile(page, 'backlog.csv');
  await becomes(page, 'What we saw', 'Keep in details');
  await becomes(page, 'Channel of the idea', 'Because');
  await page.getByRole('button', { name: 'Import 6 hypotheses' }).click();
  await expect(page.getByText('6 hypotheses imported from backlog.csv.')).toBeVisible();
  await expect(page.getByRole('row', { name: 'Filter search by stock' })).toContainText('Because Sales');

  const [renamed, parked] = ['Put part numbers first in the results', 'Say what trade prices include'];
  await page.getByRole('link', { name: renamed }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill(`${renamed} list`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: `${renamed} list` })).toBeVisible();
  await page.goto(`${home}/hypotheses`);
  await page.getByRole('link', { name: parked }).click();
  await page.getByLabel('Move to').selectOption('parked');
  await page.getByLabel('Reason').fill('Waits for the tax office');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('“Waits for the tax office”')).toBeVisible();

  await page.goto(`${home}/import`);
  await page.getByRole('button', { name: 'Undo backlog.csv' }).click();
  const report = page.getByRole('status');
  await expect(report).toContainText('Import 1 is undone. 4 hypotheses archived; nothing is lost.');
  await expect(report).toContainText('2 were left alone, because somebody has worked on it since:');
  await expect(report.getByRole('listitem')).toHaveText([new RegExp(`${parked}: moved since`), new RegExp(`${renamed} list: edited since`)]);
  await look(page);
  await report.getByRole('link', { name: parked }).click();
  await expect(page.getByRole('heading', { name: parked })).toBeVisible();
  await page.goto(`${home}/hypotheses?stage=all`);
  await expect(page.locator('tbody tr')).toHaveCount(2);
}

test('a file with errors is refused, its successor mapped, imported and taken back', async ({ page }, about) => {
  test.slow();
  await importAndUndo(page, emptyWorkspace('import', about), expectAccessible);
});

test('the same before any script has loaded @noscript', async ({ page }, about) => {
  test.slow();
  const unseen = async () => {}; // axe itself is a script
  await importAndUndo(page, emptyWorkspace('import', about), unseen);
});
