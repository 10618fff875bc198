// The library grows: a draft is linted and kept while it is typed, people talk, ideas are split, merged and brought back.

import { expect, expectAccessible, test } from '../support/test';
import { ownerState, workspace } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;
const awake = 'html[data-hydrated]';

/** Logs an idea by its title and answers its number. */
async function idea(page: import('@playwright/test').Page, title: string) {
  await page.goto(`${home}/hypotheses/new?title=${encodeURIComponent(title)}`);
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  return page.url().split('/').pop()!.split('?')[0];
}

test('the linter follows what is typed and lends its words', async ({ page }) => {
  await page.goto(`${home}/hypotheses/new`);
  await page.waitForSelector(awake);
  const linter = page.locator('.linter');
  await expect(linter).toContainText('Ready on 0 of 10');
  await page.getByLabel('We believe that: the one change').fill('adding a badge and removing the banner');
  await expect(linter).toContainText('Several changes');
  await page.getByLabel('We believe that: the one change').fill('adding a badge');
  await expect(linter).toContainText('One change');
  await page.getByLabel('The metric').selectOption('account-registration');
  await page.getByLabel('Because: what was observed').fill('half of the visitors leave');
  await page.getByLabel('For: the audience').fill('new visitors');
  await page.getByLabel('Smallest expected change, percent').fill('2');
  await page.getByRole('button', { name: 'Use it' }).first().click();
  await expect(page.getByLabel('We will know when')).toHaveValue('account registrations differs after 2 full weeks');
  await expect(linter).toContainText('Says when it is known');
  const measure = page.getByLabel('We will know when');
  await measure.fill('after 2 full weeks we see @bounce');
  await expect(page.getByRole('option', { name: 'Bounce rate bounce-rate' })).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page);
  await measure.press('Enter');
  await expect(measure).toHaveValue('after 2 full weeks we see bounce rate');
  await expect(page.getByRole('listbox', { name: 'Mention' })).toBeHidden();
  await expectAccessible(page);
});

test('a draft waits on the device until it is saved', async ({ page, isMobile }) => {
  const title = `Remember the branch, ${isMobile ? 'phone' : 'desktop'}`;
  await page.goto(`${home}/hypotheses/new`);
  await page.waitForSelector(awake);
  await page.getByLabel('Title').fill(title);
  await expect(page.getByText('Draft kept on this device')).toBeVisible();
  await page.goto(home);
  await page.goto(`${home}/hypotheses/new`);
  await expect(page.getByLabel('Title')).toHaveValue(title);
  await expect(page.getByText('brought back from this device')).toBeVisible();
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await page.waitForSelector(awake);
  await page.goto(`${home}/hypotheses/new`);
  await page.waitForSelector(awake);
  await expect(page.getByLabel('Title')).toHaveValue('');
  await page.getByLabel('Title').fill('Never mind');
  await page.getByRole('link', { name: 'Discard' }).click();
  await page.goto(`${home}/hypotheses/new`);
  await page.waitForSelector(awake);
  await expect(page.getByLabel('Title')).toHaveValue('');
});

test('people talk beside the history, in Markdown that runs nothing', async ({ page, isMobile }) => {
  await idea(page, `Talk about it, ${isMobile ? 'phone' : 'desktop'}`);
  await page.waitForSelector(awake);
  const field = page.getByLabel('Comment', { exact: true });
  if (!isMobile) {
    await page.keyboard.press('c');
    await expect(field).toBeFocused();
  }
  await field.fill('Ease is **5** <script>alert(1)</script>');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('.preview strong')).toHaveText('5');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  const said = page.locator('.activity .said');
  await expect(said.locator('strong')).toHaveText('5');
  await expect(said).toContainText('<script>');
  await expectAccessible(page);
  await said.getByText('Edit').click();
  await said.getByLabel('Your comment').fill('Ease is 6');
  await said.getByRole('button', { name: 'Save' }).click();
  await expect(said).toContainText('Ease is 6');
  await expect(said).toContainText('edited');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByText('Write something first.')).toBeVisible();
  await page.getByRole('button', { name: 'Take away' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(said).toContainText('Ease is 6');
});

test('a part is split off, merged elsewhere, and both are taken back @both', async ({ page, isMobile }) => {
  const size = isMobile ? 'phone' : 'desktop';
  const other = await idea(page, `Show a count of stock, ${size}`);
  const whole = await idea(page, `Show stock and a map, ${size}`);
  await page.locator('.crumbs summary', { hasText: 'More' }).click();
  await page.getByRole('link', { name: 'Split off a part' }).click();
  await expectAccessible(page);
  await page.getByLabel('Title of the part').fill(`Show a map, ${size}`);
  await page.getByRole('button', { name: 'Split it off' }).click();
  const told = page.getByRole('status').filter({ hasText: 'was split off' });
  await expect(told).toBeVisible();
  const lineage = page.locator('.lineage');
  await expect(lineage).toContainText(`Show a map, ${size}`);
  await expectAccessible(page);
  await told.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone:')).toBeVisible();

  await page.goto(`${home}/hypotheses/${other}/merge`);
  await page.getByLabel('Merge into').fill(other);
  await page.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText(`${other} cannot be merged with itself.`).first()).toBeVisible();
  await page.getByLabel('Merge into').fill(whole.toLowerCase());
  await page.getByLabel('Reason').fill('Said twice');
  await page.getByRole('button', { name: 'Merge' }).click();
  await expect(page).toHaveURL(new RegExp(`${whole}\\?done=merged`));
  await page.goto(`${home}/hypotheses/${other}`);
  await expect(page.getByText(`It was merged into ${whole}`)).toBeVisible();
  await page.goto(`${home}/hypotheses/${whole}`);
  await page.locator('.activity').getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.getByText('Undone:')).toContainText(other);
});
