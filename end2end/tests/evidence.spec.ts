// Evidence: from a finding to a hypothesis that rests on it, and back.

import { type Page } from '@playwright/test';

import { expect, expectAccessible, test } from '../support/test';
import { ownerState, workspace } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;
const awake = 'html[data-hydrated]';

/** Logs a finding and answers its number. */
async function log(page: Page, title: string, kind: string) {
  await page.goto(`${home}/evidence/new`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Kind').selectOption(kind);
  await page.getByRole('button', { name: 'Add evidence' }).click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  return page.url().split('/').pop()!;
}

/** Writes a complete statement and answers the hypothesis's number. */
async function believe(page: Page, title: string) {
  await page.goto(`${home}/hypotheses/new`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Because: what was observed').fill('buyers ring the branch to check stock');
  await page.getByLabel('We believe that: the one change').fill('showing the stock of the branch');
  await page.getByLabel('For: the audience').fill('trade buyers');
  await page.getByLabel('The metric').selectOption('account-registration');
  await page.getByLabel('Smallest expected change, percent').fill('2');
  await page.getByLabel('Largest expected change, percent').fill('5');
  await page.getByLabel('We will know when').fill('orders differ after 3 full weeks');
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  return page.url().split('/').pop()!;
}

test('a finding that supports a complete statement moves it on, and one against it weighs it down', async ({ page, isMobile }) => {
  const where = isMobile ? 'on phones' : 'on desktops';
  const against = await log(page, `Two of eight never look at stock ${where}`, 'interview');
  const number = await believe(page, `Show branch stock ${where}`);
  const facts = page.locator('.head .facts');
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByText('Nothing speaks for it yet')).toBeVisible();
  await expectAccessible(page);

  await evidence.getByRole('link', { name: 'Add evidence' }).click();
  await expect(page.getByRole('heading', { name: `Add evidence to ${number}` })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Title').fill(`31% of exits follow a stock check ${where}`);
  await page.getByLabel('Kind').selectOption('analytics');
  await page.getByLabel('Source').fill('Web analytics');
  await page.getByLabel('Sample size').fill('136,200');
  await page.getByRole('button', { name: 'Add evidence' }).click();

  await expect(evidence.getByRole('article')).toContainText('Web analytics · sample of 136,200');
  await expect(facts).toContainText('Weak, 2.0');
  await expect(page.locator('.where-line')).toContainText('Evidence gathered');
  await evidence.getByText('How the evidence confidence of 2.0 comes about').click();
  await expect(evidence.getByText('For it: one analytics finding 0.20. Nothing speaks against it.')).toBeVisible();
  await expectAccessible(page);

  await evidence.getByText('Link evidence that is already here').click();
  await evidence.getByLabel('Evidence').fill('E-99999');
  await evidence.getByLabel('Direction').selectOption('contradicts');
  await evidence.getByLabel('Note').fill('They buy by name');
  await evidence.getByRole('button', { name: 'Link evidence' }).click();
  await expect(evidence.getByText('There is no evidence E-99999.')).toBeVisible();
  await expect(evidence.getByLabel('Note')).toHaveValue('They buy by name');
  await evidence.getByLabel('Evidence').fill(against.toLowerCase());
  await evidence.getByRole('button', { name: 'Link evidence' }).click();
  await expect(evidence.getByRole('heading', { name: 'Speaks against it' })).toBeVisible();
  await expect(facts).toContainText('Weak, 1.5');
  await expect(page.getByText(`linked it: ${against} contradicts it`)).toBeVisible();
  await expectAccessible(page);

  await evidence.getByRole('article').filter({ hasText: '31% of exits' }).getByRole('button', { name: 'Unlink' }).click();
  await expect(facts).toContainText('Contradicted');
  await expect(page.locator('.where-line')).toContainText('Idea');
});

test('the list is narrowed by class, words and use', async ({ page, isMobile }) => {
  const where = isMobile ? 'small' : 'large';
  const number = await log(page, `Six of eight lacked the number, ${where}`, 'user_test');
  if (isMobile) {
    await page.locator('.nav-menu summary').click();
    await page.locator('.nav-menu').getByRole('link', { name: 'Evidence' }).click();
  } else {
    await page.waitForSelector(awake);
    await page.keyboard.press('g');
    await page.keyboard.press('e');
  }
  await expect(page.getByText('What we have seen, heard and measured.')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: /^User research/ }).click();
  await expect(page.getByRole('row', { name: number })).toContainText('User research');
  await page.getByRole('link', { name: /^Not used yet/ }).click();
  await expect(page.getByRole('row', { name: number })).toContainText('Write one');
  await page.getByLabel('Words in title, finding or source').fill(`lacked ${where}`);
  await page.getByLabel('Words in title, finding or source').press('Enter');
  await expect(page).toHaveURL(/unused=true.*q=lacked/);
  await expect(page.getByRole('row', { name: number })).toBeVisible();
  await page.goto(`${home}/evidence?class=test&q=${where}+nothing`);
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await expectAccessible(page);
});

test('a refused finding comes back, is edited, archived and restored', async ({ page, isMobile }) => {
  const title = `38 tickets ask about the fax, ${isMobile ? 'phone' : 'desktop'}`;
  await page.goto(`${home}/evidence/new`);
  await expectAccessible(page);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Kind').selectOption('support_log');
  await page.getByLabel('Observed to').fill('2999-01-01');
  await page.getByRole('button', { name: 'Add evidence' }).click();
  await expect(page.getByText('lies in the future').first()).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue(title);
  await expect(page.getByLabel('Observed to')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await page.getByLabel('Observed to').fill('2024-01-31');
  await page.getByLabel('Finding').fill('Over 90 days.\n\n- Mostly new accounts\n- <b>Never</b> trade');
  await page.getByRole('button', { name: 'Add evidence' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '<b>Never</b> trade' })).toBeVisible();
  await expect(page.locator('.head .facts')).toContainText('Observed 31 Jan 2024');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Edit' }).click();
  await expectAccessible(page);
  await page.getByLabel('Tags').fill('forms, Fax');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('forms, fax')).toBeVisible();
  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('Archived, does not count')).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('Archived, does not count')).toHaveCount(0);
  await expect(page.getByText('restored it')).toBeVisible();
});

test('a hypothesis is written about a finding and rests on it at once', async ({ page, isMobile }) => {
  const where = isMobile ? 'pocket' : 'desk';
  const first = await log(page, `People stop at the VAT field, ${where}`, 'form_analytics');
  const second = await log(page, `Nobody minds the VAT field, ${where}`, 'survey');
  await page.goto(`${home}/evidence/${first}`);
  await page.getByRole('link', { name: 'Write a hypothesis' }).click();
  await expect(page.getByLabel('Because: what was observed')).toHaveValue(`People stop at the VAT field, ${where}`);
  await expect(page.getByRole('checkbox', { name: `People stop at the VAT field, ${where}` })).toBeChecked();
  await page.getByRole('checkbox', { name: `Nobody minds the VAT field, ${where}` }).check();
  await page.getByLabel(`How ${second} bears on it`).selectOption('contradicts');
  await page.getByLabel('Smallest expected change, percent').fill('some');
  await page.getByLabel('Title').fill(`Drop the VAT field, ${where}`);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save hypothesis' }).click();

  await expect(page.getByText('“some” is not a number.').first()).toBeVisible();
  await expect(page.getByRole('checkbox', { name: `Nobody minds the VAT field, ${where}` })).toBeChecked();
  await expect(page.getByLabel(`How ${second} bears on it`)).toHaveValue('contradicts');
  await page.getByLabel('Smallest expected change, percent').fill('');
  await saveHypothesis(page);
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByRole('article')).toHaveCount(2);
  await expect(evidence.getByRole('article').filter({ hasText: second })).toContainText('Contradicts');
});

test('a finding is linked and unlinked before any script has loaded @noscript', async ({ page }) => {
  const hypothesis = await believe(page, 'Name the delivery day beside the price');
  const number = await log(page, 'The delivery day is the top question', 'support_log');
  await page.getByRole('textbox', { name: 'Hypothesis' }).fill(hypothesis);
  await page.getByLabel('Note').fill('Asked in 1,240 chats');
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(page.getByRole('row', { name: hypothesis })).toContainText('Supports');
  await page.goto(`${home}/hypotheses?q=delivery+day`);
  await expect(page.getByRole('row', { name: hypothesis })).toContainText('Weak');
  await page.goto(`${home}/evidence/${number}`);
  await page.getByRole('button', { name: `Unlink ${hypothesis}` }).click();
  await expect(page.getByText('No hypothesis rests on it yet.')).toBeVisible();
});
