// Scoring by another model: a lead gives a site RICE, its hypotheses are scored and ranked by it, and going back to
// ICE finds the old scores.

import { type Page } from '@playwright/test';

import { expect, expectAccessible, test } from '../support/test';
import { ownerState } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';
import { emptyWorkspace } from '../support/library';

test.use({ storageState: ownerState });

async function addSite(page: Page, home: string, name: string) {
  await page.goto(`${home}/settings`);
  const form = page.locator('section', { has: page.locator('#new-site-title') });
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Currency').fill('GBP');
  await form.getByRole('button', { name: 'Add the site' }).click();
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
}

async function rankSiteBy(page: Page, home: string, site: string, model: string) {
  await page.goto(`${home}/settings/scoring`);
  await page.getByLabel(site, { exact: true }).selectOption({ label: model });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/settings\/scoring$/);
}

async function addIdea(page: Page, home: string, title: string, site: string) {
  await page.goto(`${home}/hypotheses/new`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Site').selectOption({ label: site });
  await saveHypothesis(page);
  return page.url().replace(/[?#].*/, '');
}

async function scoreByIce(page: Page, record: string, levels: Record<string, number>) {
  await page.goto(`${record}/score`);
  for (const [name, level] of Object.entries(levels)) {
    await page.getByRole('group', { name }).getByRole('radio').nth(level - 1).check({ force: true });
  }
  await page.getByRole('button', { name: 'Keep my score' }).click();
  await expect(page.locator('.team-score')).toBeVisible();
}

async function scoreByRice(page: Page, record: string, reach: string, effort: string) {
  await page.goto(`${record}/score`);
  await page.getByLabel('Reach, visitors a quarter').fill(reach);
  await page.getByRole('group', { name: 'Impact' }).getByRole('radio', { name: /^2/ }).check({ force: true });
  await page.getByRole('group', { name: 'Confidence' }).getByRole('radio', { name: /^80%/ }).check({ force: true });
  await page.getByLabel('Effort, person-weeks').fill(effort);
  await page.getByRole('button', { name: 'Keep my score' }).click();
}

async function order(page: Page, home: string, site: string, titles: string[]) {
  await page.goto(`${home}/hypotheses?site=${site}`);
  await expect(page.locator('.backlog tbody th.name > a')).toHaveText(titles);
}

test('a site is ranked by RICE and then by ICE again, and no score is lost', async ({ page, isMobile }, info) => {
  const home = emptyWorkspace('models', info);
  const where = isMobile ? 'phone' : 'desktop';
  const [site, slug] = [`Rice ${where}`, `rice-${where}`];
  await addSite(page, home, site);
  const first = await addIdea(page, home, `Put the ${where} prices first`, site);
  const second = await addIdea(page, home, `Ask ${where} visitors for less`, site);
  const titles = [`Put the ${where} prices first`, `Ask ${where} visitors for less`];
  await scoreByIce(page, first, { Impact: 9, Confidence: 8, Ease: 7 });
  await scoreByIce(page, second, { Impact: 3, Confidence: 4, Ease: 5 });
  await order(page, home, slug, titles);

  await rankSiteBy(page, home, site, 'RICE');
  await expectAccessible(page);
  await page.goto(first);
  await expect(page.getByText('Nobody has scored it yet.')).toBeVisible();
  await expect(page.getByText('Kept, but not ranking: 1 score by ICE.')).toBeVisible();

  await scoreByRice(page, first, 'lots', '4');
  await expect(page.getByText('Reach is a number from 0 to 1,000,000,000: visitors a quarter.')).toBeVisible();
  await expect(page.getByLabel('Reach, visitors a quarter')).toHaveValue('lots');
  await expectAccessible(page);
  await scoreByRice(page, first, '1,000', '4');
  await expect(page.locator('.team-score')).toContainText('400');
  await expectAccessible(page);
  await scoreByRice(page, second, '6,000', '2');
  await expect(page.locator('.team-score')).toContainText('4800');

  await order(page, home, slug, [...titles].reverse());
  if (!isMobile) await expect(page.locator('.ice-head')).toHaveText(/RICE\s*R\s*I\s*C\s*E/);
  await expect(page.getByText('Score 4800: reach 6,000, impact 2, confidence 80%, effort 2.')).toBeAttached();
  await expectAccessible(page);

  await rankSiteBy(page, home, site, 'As the workspace');
  await order(page, home, slug, titles);
  await expect(page.getByText('Score 8.0: impact 9, confidence 8, ease 7.')).toBeAttached();
});
