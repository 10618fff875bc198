// From an idea to a ranked list: by mouse, by keyboard alone, and before any script has loaded.

import { expect, expectAccessible, test } from '../support/test';
import { ownerState, workspace } from '../support/cast';
import { expectSaved, saveHypothesis } from '../support/hypotheses';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;
const awake = 'html[data-hydrated]';

test('an idea is logged by its title from anywhere with one key', async ({ page, isMobile }) => {
  await page.goto(home);
  await page.waitForSelector(awake);
  const dialog = page.getByRole('dialog', { name: 'New hypothesis' });
  const begin = () => (isMobile ? page.getByRole('link', { name: 'New hypothesis' }).first().click() : page.keyboard.press('n'));
  const opener = page.locator('nav a[href$="/hypotheses"]:visible').first();
  await opener.focus();
  await begin();
  await expect(dialog.getByLabel('In one line')).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  if (!isMobile) await expect(opener).toBeFocused();
  await begin();
  const title = `Show the delivery date in the basket ${isMobile ? 'on phones' : 'on desktops'}`;
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await expectSaved(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await expect(page.getByText('Idea').first()).toBeVisible();
  await expectAccessible(page);
});

test('the quick capture takes its line along to the whole form', async ({ page }) => {
  await page.goto(`${home}/hypotheses`);
  await page.waitForSelector(awake);
  await page.getByRole('link', { name: 'New hypothesis' }).first().click();
  await page.keyboard.type('Name the branch in the header');
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('heading', { name: 'New hypothesis' })).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue('Name the branch in the header');
});

test('the question mark shows what each key does', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no keys');
  await page.goto(`${home}/hypotheses`);
  await page.waitForSelector(awake);
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await page.keyboard.press('?');
  await expect(keys).toContainText('New hypothesis');
  await expectAccessible(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'New hypothesis' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

test('a refused form comes back with what was typed and says why beside the field', async ({ page }) => {
  await page.goto(`${home}/hypotheses/new`);
  await expectAccessible(page);
  await page.getByLabel('Title').fill('Cut the sign-up form');
  await page.getByLabel('Because: what was observed').fill('44% of people stop at the registration number');
  await page.getByLabel('Smallest expected change, percent').fill('eight');
  await page.getByRole('button', { name: 'Save hypothesis' }).click();
  await expect(page.getByText('“eight” is not a number.').first()).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue('Cut the sign-up form');
  await expect(page.getByLabel('Because: what was observed')).toHaveValue('44% of people stop at the registration number');
  await expect(page.getByLabel('Smallest expected change, percent')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
});

test('a statement reads as one sentence and is ranked once it is scored @both', async ({ page, isMobile }) => {
  const title = `Cut the sign-up form from 6 fields to 3, ${isMobile ? 'small' : 'large'} screen`;
  await page.goto(`${home}/hypotheses/new`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Because: what was observed').fill('44% stop at “Company registration no.”');
  await page.getByLabel('We believe that: the one change').fill('asking for three fields');
  await page.getByLabel('For: the audience').fill('new trade visitors');
  await page.getByLabel('The metric').selectOption('account-registration');
  await page.getByLabel('Smallest expected change, percent').fill('8');
  await page.getByLabel('Largest expected change, percent').fill('15');
  await page.getByLabel('We will know when').fill('completed sign-ups differ after 2 full weeks');
  await page.locator('#site').selectOption('holm-trade');
  await page.locator('#area').selectOption('sign-up');
  await saveHypothesis(page);
  await expect(page.locator('.statement')).toContainText('will raise account registrations by 8 to 15%');

  await page.waitForSelector(awake);
  if (isMobile) await page.getByRole('link', { name: 'Give my score' }).click();
  else await page.keyboard.press('s');
  await expect(page.getByRole('group', { name: 'Impact' })).toBeVisible();
  await page.waitForSelector(awake);
  await expectAccessible(page);
  await page.locator('input[name=impact][value="9"]').focus();
  await expect(page.getByText('Impact 9: checkout or all traffic')).toBeInViewport();
  await page.locator('input[name=impact][value="1"]').focus();
  for (const digit of ['8', '7', '0']) await page.keyboard.press(digit);
  await expect(page.locator('input[name=ease][value="10"]')).toBeChecked();
  await page.getByLabel('Why').fill('Two usability rounds agree');
  await page.getByRole('button', { name: 'Keep my score' }).click();
  await expect(page.locator('.team-score')).toContainText('8.3');

  await page.goto(`${home}/hypotheses?area=sign-up`);
  await expect(page.getByRole('row', { name: title })).toContainText('8.3');
  await expectAccessible(page);
  await page.goto(`${home}/hypotheses?area=checkout&stage=shipped`);
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
});

test('a hypothesis is parked with a reason and comes back', async ({ page, isMobile }) => {
  const title = `Put part numbers first, ${isMobile ? 'phone' : 'desktop'}`;
  await page.goto(`${home}/hypotheses/new?title=${encodeURIComponent(title)}`);
  await saveHypothesis(page);
  await page.getByLabel('Move to').selectOption('parked');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('Say why it is parked')).toBeVisible();
  await page.getByLabel('Reason').fill('Waits for the stock feed');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('moved it: Idea → Parked')).toBeVisible();
  await expect(page.getByText('“Waits for the stock feed”')).toBeVisible();
});

test('J and K walk the list and Enter opens', async ({ page, isMobile }) => {
  for (const title of ['Walk one', 'Walk two']) {
    await page.goto(`${home}/hypotheses/new?title=${title} ${isMobile}`);
    await saveHypothesis(page);
  }
  await page.goto(`${home}/hypotheses?q=walk&sort=created_at`);
  await page.waitForSelector(awake);
  await page.keyboard.press('j');
  const rows = page.locator('[data-row]');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Walk/ })).toBeVisible();
});

test('the first job is done before any script has loaded @noscript', async ({ page }) => {
  await page.goto(home);
  await page.getByRole('link', { name: 'New hypothesis' }).first().click();
  await page.getByLabel('Title').fill('Name payment methods in the basket');
  await saveHypothesis(page);
  await page.getByRole('link', { name: 'Give my score' }).click();
  await page.locator('input[name=impact][value="6"]').check({ force: true });
  await page.locator('input[name=confidence][value="3"]').check({ force: true });
  await page.locator('input[name=ease][value="9"]').check({ force: true });
  await page.getByRole('button', { name: 'Keep my score' }).click();
  await expect(page.locator('.team-score')).toContainText('6.0');
  await page.goto(`${home}/hypotheses`);
  await expect(page.getByRole('row', { name: 'Name payment methods' })).toContainText('6.0');
});

test('what was tried before shows while somebody types, and saving over it asks what differs', async ({ page }) => {
  await page.goto(`${home}/hypotheses/new?title=${encodeURIComponent('Lend tents to campers by the weekend')}`);
  await saveHypothesis(page);
  const number = page.url().split('/').at(-1) ?? '';

  await page.goto(`${home}/hypotheses/new`);
  await page.waitForSelector(awake);
  await page.getByLabel('Title').fill('Lend tents to campers for a weekend');
  const column = page.getByRole('complementary', { name: 'Tried before' });
  await expect(column.getByRole('heading', { name: 'We may have been here before' })).toBeVisible();
  await expect(column.locator('mark').first()).toContainText(/lend/i);
  await expect(column.getByRole('button', { name: `Join ${number}` })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Save hypothesis' }).click();
  await expect(page.getByText('What is different this time?').first()).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue('Lend tents to campers for a weekend');
  await page.getByLabel('Differs because').fill('The first was for a week');
  await page.getByRole('button', { name: 'Save hypothesis' }).click();
  await expect(page.locator('.record-title')).toHaveText('Lend tents to campers for a weekend');
});

test('what was tried before is drawn and can be joined @noscript', async ({ page }) => {
  await page.goto(`${home}/hypotheses/new?title=${encodeURIComponent('Sell kites to sailors')}`);
  await saveHypothesis(page);
  const number = page.url().split('/').at(-1) ?? '';
  await page.goto(`${home}/hypotheses/new?title=${encodeURIComponent('Sell kites to a sailor')}`);
  await page.getByRole('button', { name: `Join ${number}` }).click();
  await expect(page.locator('.record-title')).toHaveText('Sell kites to sailors');
});
