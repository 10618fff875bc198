// The first owner sets the site up, once for all tests, and signs in as the other tests do.

import { expect, expectAccessible, setUpLink, test } from '../support/test';
import { owner, ownerState, site, workspace } from '../support/cast';

test('the set-up link makes the first owner and workspace @both', async ({ page }) => {
  await page.goto(setUpLink());
  await expectAccessible(page);
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill('short');
  await page.getByLabel('Company or client').fill(workspace.name);
  await page.getByRole('button', { name: 'Make the workspace' }).click();

  await expect(page.getByText('Use at least 10 characters')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue(owner.name);
  await expect(page.getByLabel('Password')).toHaveValue('');
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Make the workspace' }).click();

  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  const form = page.locator('form[action$="/settings/sites"]');
  await form.getByLabel('Name', { exact: true }).fill(site.name);
  await form.getByLabel('Currency').fill('GBP');
  await form.getByLabel('Time zone').fill('Europe/London');
  await form.getByLabel('Margin').fill('35');
  await form.getByRole('button', { name: 'Add the site' }).click();
  await expect(page.getByRole('heading', { name: site.name })).toBeVisible();
  await expect(page.getByLabel('Area Checkout')).toHaveValue('Checkout');
  await page.context().storageState({ path: ownerState });
});
