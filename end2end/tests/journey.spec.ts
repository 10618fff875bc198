// From a backlog in a file to what a shipped change is worth, in one go: by mouse, and by keyboard alone.

import { join } from 'node:path';
import type { Page } from '@playwright/test';

import { ownerState } from '../support/cast';
import { expectFocusSeen } from '../support/focus';
import { byKeyboard, byMouse, type Hands } from '../support/hands';
import { emptyWorkspace } from '../support/library';
import { expect, expectAccessible, test } from '../support/test';

test.use({ storageState: ownerState, permissions: ['clipboard-read', 'clipboard-write'] });

const backlog = join(import.meta.dirname, '../fixtures/backlog.csv');
const idea = 'Show the delivery date beside the price';
const lesson = 'Buyers order more when they know the day it arrives.';

/** Copied from a spreadsheet: a heading line, thousands with a point, and a total that is left out. */
const figures = [
  'Metric\tVariant\tDevice\tVisitors\tOrders',
  'Purchases per visitor\tA\tDesktop\t30.000\t1.200',
  'Purchases per visitor\tB\tDesktop\t30.100\t1.500',
  'Purchases per visitor\tA\tMobile\t25.000\t750',
  'Purchases per visitor\tB\tMobile\t24.900\t930',
  'Basket adds per visitor\tA\tDesktop\t30.000\t4.500',
  'Basket adds per visitor\tB\tDesktop\t30.100\t4.900',
  'Basket adds per visitor\tA\tMobile\t25.000\t2.600',
  'Basket adds per visitor\tB\tMobile\t24.900\t2.700',
  'Total\t\t\t110.000\t4.380',
].join('\n');

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { name })).toBeVisible();

async function bringTheBacklog(page: Page, hands: Hands) {
  await hands.go('Hypotheses', 'y');
  await heading(page, 'No hypothesis yet');
  await hands.press(page.getByRole('link', { name: 'Import a backlog' }));
  await expect(page.getByText('The import adds “Brookside')).toBeVisible();
  await hands.attach(page.getByLabel('File', { exact: true }), backlog);
  await hands.press(button(page, 'Read the file'));
  await expect(page.getByText('6 rows, 16 columns. All can be imported.')).toBeVisible();
  await expect(page.getByText('UTF-8, separated by semicolons, header on line 1')).toBeVisible();
  const preview = page.getByRole('table', { name: 'Preview of rows' });
  await expect(preview.getByRole('row', { name: 'Cut the sign-up form' })).toContainText('6,5 rounded to 7');
  await expect(preview.getByRole('row', { name: 'Filter search by stock' })).toContainText('Search and listing');

  const last = page.getByLabel('Channel of the idea becomes');
  await expect(last).toHaveValue('details');
  await hands.choose(last, 'Tags');
  await hands.press(button(page, 'Preview again'));
  await expect(page).toHaveURL(/c15=tags/);
  await expectAccessible(page);
  await hands.press(button(page, 'Import 6 hypotheses'));
  await expect(page.getByText('6 hypotheses imported from backlog.csv.')).toBeVisible();
  await expect(page.getByRole('row', { name: 'Cut the sign-up form' })).toContainText('7.3');
  await expectAccessible(page);
}

/** Logs a finding and links it to the idea, which is worth more for it. */
async function backTheIdea(page: Page, hands: Hands) {
  await hands.open(page.getByRole('link', { name: idea }));
  await heading(page, idea);
  const facts = page.locator('.head .facts');
  await expect(facts).toContainText('None');
  const number = page.url().split('/').at(-1)!;

  await hands.go('Evidence', 'e');
  await hands.press(page.getByRole('link', { name: 'Add evidence' }).first());
  await expect(page.getByLabel('Title')).toBeFocused();
  await hands.write(page.getByLabel('Title'), '38 of 240 chats ask when the order arrives');
  await hands.choose(page.getByLabel('Kind'), 'Support log');
  const sample = page.getByLabel('Sample size');
  await hands.write(sample, '240');
  await hands.send(sample, button(page, 'Add evidence'));
  await expect(page.getByText('No hypothesis rests on it yet.')).toBeVisible();
  await hands.write(page.getByRole('textbox', { name: 'Hypothesis' }), number);
  await hands.send(page.getByLabel('Note'), button(page, 'Link'));
  await hands.press(page.getByRole('row', { name: number }).getByRole('link', { name: idea }));
  await heading(page, idea);
  await expect(facts).toContainText('Weak, 1.5');
  await expect(page.locator('.where-line')).toContainText('Evidence gathered');
}

async function rankTheIdea(page: Page, hands: Hands) {
  await hands.score([9, 8, 10]);
  await expect(page.locator('input[name=ease][value="10"]')).toBeChecked();
  await hands.write(page.getByLabel('Why'), 'Every second call asks for it');
  await hands.send(page.getByLabel('Why'), button(page, 'Keep my score'));
  await expect(page.locator('.team-score')).toContainText('9.0');
  await hands.go('Hypotheses', 'y');
  await expect(page.locator('tbody tr').first()).toContainText(idea);
  await hands.open(page.getByRole('link', { name: idea }));
  await heading(page, idea);
}

async function planTheTest(page: Page, hands: Hands) {
  await hands.press(page.getByRole('link', { name: 'Plan a test' }));
  await expect(page.getByLabel('Primary metric')).toHaveValue('conversion-rate');
  await expect(page.getByLabel('Smallest effect worth having')).toHaveValue('2.5');
  await hands.write(page.locator('#variant-name-1'), 'Delivery date');
  await hands.write(page.getByLabel('Baseline'), '3,5');
  await hands.choose(page.getByLabel('Guard-rail 1', { exact: true }), 'Basket adds per visitor');
  await hands.write(page.getByLabel('Largest harm accepted, guard-rail 1'), '5');
  await hands.choose(page.getByLabel('Secondary metric 1'), 'Revenue per visitor');
  await hands.write(page.getByLabel('Smallest effect worth having'), '10');
  const weeks = page.getByLabel('Whole weeks');
  await hands.write(weeks, '2');
  await hands.send(weeks, button(page, 'Plan it'));
  await expect(page.locator('.where-line')).toContainText('Planned');
  await expectAccessible(page);
}

async function runTheTest(page: Page, hands: Hands) {
  const record = page.url();
  await hands.date(page.getByLabel('First day'), daysAgo(15));
  await hands.press(button(page, 'Start test'));
  await expect(page.locator('.where-line')).toContainText('Running');
  await hands.press(page.getByRole('link', { name: 'Enter results', exact: true }));
  await heading(page, 'Results of T-1');
  await hands.paste(page.getByLabel(/^Rows of variant/), figures);
  await hands.press(button(page, 'Read the paste'));
  await expect(page.getByText('8 rows read, 8 of them for one device. The first line was taken as headings. Totals left out: line 10.')).toBeVisible();
  await expect(page.locator('input[name="cells[conversion-rate.1.mobile.conversions]"]')).toHaveValue('930');
  await expectAccessible(page);
  await hands.send(page.getByLabel(/^Totals/), button(page, 'Save results'));
  await expect(page).toHaveURL(record);
  await hands.press(button(page, 'Stop test'));
  await heading(page, 'Decide');
}

async function decide(page: Page, hands: Hands) {
  await expect(page.locator('.verdict')).toContainText('raised');
  const suggested = page.locator('.outcomes label', { hasText: 'suggested' });
  await expect(suggested).toContainText('Win, B');
  await expect(suggested.getByRole('radio')).toBeChecked();
  await hands.tick(page.locator('#decision-ship'));
  await expect(page.getByLabel('Variant', { exact: true })).toHaveValue('B');
  await hands.write(page.getByLabel('What did we learn'), lesson);
  await hands.press(button(page, 'Record decision'));
  await heading(page, 'Decided');
  await hands.press(page.getByRole('link', { name: /^Read L-/ }).first());
  await heading(page, lesson);
  await hands.go('Learnings', 'l');
  await expect(page.locator('.learning-card', { hasText: lesson })).toContainText('Ship B (R-1)');
  await expectAccessible(page);
}

async function seeWhatItIsWorth(page: Page, hands: Hands, record: string) {
  await hands.open(page.getByRole('link', { name: lesson }));
  await heading(page, lesson);
  await hands.press(page.getByRole('link', { name: 'R-1', exact: true }));
  await expect(page.getByText('Value unknown.')).toBeVisible();
  const fields: [string, string][] = [['Visitors a month', '120.000'], ['Value per conversion', '58,20'], ['Returned', '10'], ['Margin', '35']];
  for (const [label, value] of fields) await hands.write(page.getByLabel(label), value);
  await hands.send(page.getByLabel('Margin'), button(page, 'Save inputs'));
  await expect(page.getByText('A year, as measured')).toBeVisible();
  await hands.go('Impact', 'i');
  const row = page.getByRole('row', { name: idea });
  await expect(row).toContainText(/£[\d.]+k – £[\d.]+k/);
  await expectAccessible(page);
  await hands.press(row.getByRole('link', { name: 'T-1', exact: true }));
  await expect(page).toHaveURL(record);
}

async function fromBacklogToImpact(page: Page, hands: Hands) {
  await bringTheBacklog(page, hands);
  await backTheIdea(page, hands);
  await rankTheIdea(page, hands);
  await planTheTest(page, hands);
  const record = page.url();
  await runTheTest(page, hands);
  await decide(page, hands);
  await seeWhatItIsWorth(page, hands, record);
}

test('a backlog becomes impact by mouse @both', async ({ page }, about) => {
  test.setTimeout(300_000);
  await page.goto(emptyWorkspace('mouse', about));
  await fromBacklogToImpact(page, byMouse(page));
});

test('a backlog becomes impact by keyboard alone', async ({ page, isMobile }, about) => {
  test.skip(isMobile, 'a phone has no keys');
  test.setTimeout(300_000);
  await page.goto(emptyWorkspace('keyboard', about));
  await page.waitForSelector('html[data-hydrated]');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await fromBacklogToImpact(page, byKeyboard(page));

  await page.waitForSelector('html[data-hydrated]');
  await page.keyboard.press('n');
  await expect(page.getByLabel('In one line')).toBeFocused();
  await expectFocusSeen(page);
  await page.keyboard.type('Say the hour of the delivery as well');
  await page.keyboard.press('Enter');
  await heading(page, 'Say the hour of the delivery as well');
});
