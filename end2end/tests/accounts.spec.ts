// Doors and people.

import { expect, expectAccessible, test } from '../support/test';
import { owner, ownerState, workspace } from '../support/cast';

const people = `/${workspace.slug}/people`;

test.describe('signed out', () => {
  test.use({ expectedConsole: [/401/] });

  test('a wrong password says nothing about who is known', async ({ page }) => {
    await page.goto(people);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await expectAccessible(page);
    for (const email of [owner.email, 'nobody@holm.example']) {
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toHaveText('E-mail and password do not fit together.');
      await expect(page.getByLabel('E-mail')).toHaveValue(email);
    }
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  });
});

test.describe('as owner', () => {
  test.use({ storageState: ownerState });

  test('somebody is added and chooses a password by the link', async ({ page, browser, baseURL, isMobile }) => {
    const email = `tom.${isMobile ? 'phone' : 'desktop'}@holm.example`;
    await page.goto(people);
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('Tom Reyes');
    await page.getByLabel('E-mail').fill('tom');
    await page.locator('#add-person').evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByText('This is not an e-mail address')).toBeVisible();
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Tom Reyes');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByText(`Send this link to ${email}.`)).toBeVisible();
    const link = await page.getByLabel('Link').inputValue();
    expect(link.startsWith(baseURL!)).toBe(true);

    const other = await browser.newContext({ baseURL });
    const theirs = await other.newPage();
    await theirs.goto(link);
    await expectAccessible(theirs);
    await theirs.getByLabel('Password').fill('a few plain words');
    await theirs.getByRole('button', { name: 'Keep it and sign in' }).click();
    await expect(theirs.getByRole('link', { name: workspace.name })).toBeVisible();
    await theirs.goto(link);
    await expect(theirs.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
    await other.close();

    const row = page.getByRole('row', { name: email });
    await page.goto(people);
    await row.getByLabel('Role of Tom Reyes').selectOption('viewer');
    await row.getByRole('button', { name: 'Set the role' }).click();
    await expect(row.getByLabel('Role of Tom Reyes')).toHaveValue('viewer');
  });

  test('areas, metrics and levers get other names, and an area leaves the lists', async ({ page, isMobile }) => {
    const mark = isMobile ? 'on phones' : 'on desktops';
    await page.goto(`/${workspace.slug}/settings`);
    await expectAccessible(page);
    await page.getByLabel('New area', { exact: true }).fill(`Gift cards ${mark}`);
    await page.getByLabel('Visitors a month on mobile, the new area').fill('1200');
    await page.getByLabel('Visitors a month on desktop, Basket').fill('52000');
    await page.getByRole('button', { name: 'Keep the areas' }).click();
    await expect(page.getByLabel('Visitors a month on desktop, Basket')).toHaveValue('52000');
    await expect(page.getByLabel(`Visitors a month on mobile, Gift cards ${mark}`)).toHaveValue('1200');
    await page.getByLabel(`Area Gift cards ${mark}`).fill(`Vouchers ${mark}`);
    await page.getByRole('button', { name: 'Keep the areas' }).click();
    await page.getByRole('button', { name: `Archive Vouchers ${mark}` }).click();
    await expect(page.getByLabel(`Area Vouchers ${mark}`)).toHaveCount(0);

    await page.getByLabel('Visitors a month on tablet, Checkout').fill('many');
    await page.getByRole('button', { name: 'Keep the areas' }).click();
    await expect(page.getByRole('alert')).toContainText('“Checkout” was not kept');

    await page.getByText('46 metrics').click();
    await page.getByLabel('Rename the metric').selectOption('redirects');
    await page.getByLabel('To', { exact: true }).fill(`Detours ${mark}`);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByText('46 metrics').click();
    await expect(page.locator('.metric-families')).toContainText(`Detours ${mark}`);

    await page.getByLabel('New lever').fill(`Habit ${mark}`);
    await page.getByRole('button', { name: 'Keep the levers' }).click();
    await expect(page.getByLabel(`Name of the lever Habit ${mark}`)).toBeVisible();
  });

  test('the theme is kept', async ({ page, isMobile }) => {
    await page.goto(`/${workspace.slug}`);
    if (isMobile) {
      await page.locator('.nav-menu summary').click();
      await page.getByRole('button', { name: 'Dark' }).click();
    } else {
      await page.locator('.display-menu summary').click();
      await page.getByLabel('Dark').check();
      await page.getByRole('button', { name: 'Keep' }).click();
    }
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expectAccessible(page);
  });
});
