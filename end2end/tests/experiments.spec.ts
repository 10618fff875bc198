// A test from its plan to what it taught and what it is worth.

import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/test';
import { ownerState, workspace } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;

/** Pasted from a spreadsheet: a heading line, German thousands, a total that is left out. */
const paste = [
  'Variante\tGerät\tBesucher\tBestellungen',
  'A\tDesktop\t30.000\t1.200',
  'B\tDesktop\t30.100\t1.500',
  'A\tMobile\t25.000\t750',
  'B\tMobile\t24.900\t930',
  'Gesamt\t\t110.000\t4.380',
].join('\n');

async function newHypothesis(page: Page, title: string) {
  await page.goto(`${home}/hypotheses/new?title=${encodeURIComponent(title)}`);
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  return page.url().split('/').at(-1) ?? '';
}

async function plan(page: Page, hypothesis: string) {
  await page.goto(`${home}/tests/new?hypothesis=${hypothesis}`);
  await expect(page.getByLabel('Hypotheses')).toHaveValue(hypothesis);
  await page.getByLabel('Site', { exact: true }).selectOption('holm-trade');
  await page.getByLabel('Area', { exact: true }).selectOption('product-page');
  await page.locator('#variant-name-0').fill('No date');
  await page.locator('#variant-name-1').fill('Delivery date');
  await page.getByLabel('Primary metric').selectOption('conversion-rate');
  await page.getByLabel('Baseline').fill('3,5');
  await page.getByLabel('Smallest effect worth having').fill('10');
  await page.getByLabel('Whole weeks').fill('2');
}

async function start(page: Page, firstDay: string) {
  await page.getByRole('button', { name: 'Start test' }).click();
  await expect(page.getByText('No guard-rail says what must not be harmed.').first()).toBeVisible();
  await page.getByLabel('Why start without?').fill('The launch is fixed and the change is small');
  await page.getByLabel('First day').fill(firstDay);
  await page.getByRole('button', { name: 'Start test' }).click();
  await expect(page.locator('.where-line').getByText('Running')).toBeVisible();
}

function daysAgo(days: number) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

test('a test is planned, started, measured, decided, and its learning is worth something', async ({ page, isMobile }) => {
  test.slow();
  const where = isMobile ? 'phones' : 'desktops';
  const hypothesis = await newHypothesis(page, `Show the delivery date, ${where}`);
  await expect(page.getByRole('link', { name: 'Plan a test' })).toHaveAttribute('href', `${home}/tests/new?hypothesis=${hypothesis}`);
  await plan(page, hypothesis);
  await expectAccessible(page);

  await page.getByLabel('Alpha').fill('many');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await expect(page.getByText('“many” is not a number.').first()).toBeVisible();
  await expect(page.locator('#variant-name-1')).toHaveValue('Delivery date');
  await page.getByLabel('Alpha').fill('5');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.locator('.plan-panel .big')).toHaveText(/^[\d,]+$/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Plan it' }).click();
  await expect(page.locator('.where-line').getByText('Planned')).toBeVisible();
  await expectAccessible(page);
  const record = page.url();

  await start(page, daysAgo(15));
  await page.getByRole('link', { name: 'Enter results', exact: true }).click();
  await expectAccessible(page);
  await page.getByLabel(/^Rows of variant/).fill(paste);
  await page.getByRole('button', { name: 'Read the paste' }).click();
  await expect(page.getByText('4 rows read, 4 of them for one device.')).toBeVisible();
  await expect(page.locator('input[name="cells[conversion-rate.1.mobile.conversions]"]')).toHaveValue('930');
  await page.getByLabel(/^Totals/).fill(daysAgo(0));
  await page.getByRole('button', { name: 'Save results' }).click();
  await expect(page).toHaveURL(record);
  await expect(page.getByRole('heading', { name: 'Uploads' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Stop test' }).click();
  await expect(page.getByRole('heading', { name: 'Decide' })).toBeVisible();
  await expect(page.locator('.verdict')).toContainText('raised');
  await expect(page.getByText('suggested')).toBeVisible();
  await expectAccessible(page);
  await page.goto(home);
  await expect(page.getByRole('heading', { name: /Ready to decide/ })).toBeVisible();
  await expectAccessible(page);

  await page.goto(record);
  const lesson = `Buyers order more when they know the day it arrives, on ${where}.`;
  await page.getByLabel('Why do we think so?').fill('They ring the branch to ask');
  await page.getByLabel('What did we learn').fill(lesson);
  await page.getByRole('button', { name: 'Record decision' }).click();
  await expect(page.getByText('Decide what happens next: at least one step.')).toBeVisible();
  await expect(page.getByLabel('What did we learn')).toHaveValue(lesson);
  await expect(page.getByLabel('Why do we think so?')).toHaveValue('They ring the branch to ask');
  await expectAccessible(page);
  await page.locator('#decision-ship').check();
  await page.locator('#decision-iterate').check();
  const child = `Say the hour as well, ${where}`;
  await page.getByLabel('Title of the child').fill(child);
  await page.getByRole('button', { name: 'Record decision' }).click();
  await expect(page.getByRole('heading', { name: 'Decided' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: /^Read L-/ }).first().click();
  await expect(page.getByRole('heading', { name: lesson })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${home}/learnings`);
  await expect(page.getByRole('link', { name: lesson })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${home}/learnings?view=table&outcome=win`);
  await expect(page.getByRole('row', { name: lesson })).toContainText('Win');
  await expectAccessible(page);

  await page.goto(`${home}/impact`);
  await expect(page.getByRole('row', { name: `Show the delivery date, ${where}` })).toContainText('unknown');
  await expectAccessible(page);
  await page.getByRole('link', { name: `Show the delivery date, ${where}` }).first().click();
  await expect(page.getByText('Value unknown.')).toBeVisible();
  await page.getByLabel('Visitors a month').fill('120.000');
  await page.getByLabel('Value per conversion').fill('58.20');
  await page.getByLabel('Returned').fill('10');
  await page.getByRole('button', { name: 'Save inputs' }).click();
  await expect(page.getByText('A year, as measured')).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${home}/hypotheses?stage=all&q=${encodeURIComponent('hour as well')}`);
  await expect(page.getByRole('link', { name: child })).toBeVisible();
  await page.goto(`${home}/hypotheses/${hypothesis}`);
  await expect(page.locator('.where-line').getByText('Shipped')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Tests and learnings' })).toBeVisible();
  await expectAccessible(page);
});

test('results before the planned end stay hidden until somebody looks', async ({ page, isMobile }) => {
  const hypothesis = await newHypothesis(page, `Put the price first, ${isMobile ? 'small' : 'large'}`);
  await plan(page, hypothesis);
  await page.getByRole('button', { name: 'Plan it' }).click();
  await start(page, daysAgo(3));
  await page.getByRole('link', { name: 'Enter results', exact: true }).click();
  await page.getByLabel(/^Rows of variant/).fill('A\t4000\t160\nB\t4010\t170');
  await page.getByRole('button', { name: 'Save results' }).click();
  await expect(page.getByText('Check what was understood, then save.')).toBeVisible();
  await page.getByLabel(/^Totals/).fill(daysAgo(0));
  await page.getByRole('button', { name: 'Save results' }).click();
  await page.getByLabel('Why are there no results per device?').fill('The tool does not tell devices apart');
  await page.getByRole('button', { name: 'Save results' }).click();
  await expect(page.getByText(/^Hidden until/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Results', exact: true })).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByRole('heading', { name: 'Results', exact: true })).toBeVisible();
  await expect(page.getByText('1 look before the planned end')).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${home}/tests?state=running`);
  await expect(page.getByRole('row', { name: 'Put the price first' }).first()).toContainText('Day 4 of 14');
  await expectAccessible(page);
});

test('a learning of long ago is added by hand', async ({ page, isMobile }) => {
  const sentence = `Countdown clocks put trade buyers off, ${isMobile ? 'phone' : 'desktop'}.`;
  await page.goto(`${home}/learnings/new`);
  await expectAccessible(page);
  await page.getByLabel('What was learned').fill(sentence);
  await page.getByLabel('Outcome').selectOption('loss');
  await page.getByLabel('Metric').selectOption('conversion-rate');
  await page.getByLabel('Change', { exact: false }).first().fill('-3,6');
  await page.getByRole('button', { name: 'Add learning' }).click();
  await expect(page.getByText('A change is a fraction').first()).toBeVisible();
  await expect(page.getByLabel('What was learned')).toHaveValue(sentence);
  await page.getByLabel('Likely from').fill('-6,8');
  await page.locator('#high').fill('-0.5');
  await page.getByRole('button', { name: 'Add learning' }).click();
  await expect(page.getByRole('heading', { name: sentence })).toBeVisible();
  await expect(page.getByText('−6.8 to −0.5%')).toBeVisible();
  await expectAccessible(page);
});

test('the whole way is walked before any script has loaded @noscript', async ({ page }) => {
  test.slow();
  const hypothesis = await newHypothesis(page, 'Name the branch in the basket');
  await plan(page, hypothesis);
  await page.getByRole('button', { name: 'Plan it' }).click();
  await start(page, daysAgo(15));
  await page.getByRole('link', { name: 'Enter results', exact: true }).click();
  await page.getByLabel(/^Rows of variant/).fill(paste);
  await page.getByRole('button', { name: 'Read the paste' }).click();
  await page.getByLabel(/^Totals/).fill(daysAgo(0));
  await page.getByRole('button', { name: 'Save results' }).click();
  await page.getByRole('button', { name: 'Stop test' }).click();
  await page.getByLabel('What did we learn').fill('Buyers trust a branch that they know.');
  await page.locator('#decision-stop').check();
  await page.getByLabel('Why stop?').fill('The branch is everywhere now');
  await page.getByRole('button', { name: 'Record decision' }).click();
  await expect(page.getByRole('heading', { name: 'Decided' })).toBeVisible();
});
