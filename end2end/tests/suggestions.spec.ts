// Ways to go on while a query is typed: names of filters and their values, by keyboard and by pointer.

import { ownerState, workspace } from '../support/cast';
import { expect, expectAccessible, test } from '../support/test';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;
const awake = 'html[data-hydrated]';

test('a query is completed by names and values', async ({ page }) => {
  await page.goto(`${home}/search`);
  await page.waitForSelector(awake);
  const box = page.locator('#q');
  const list = page.getByRole('listbox', { name: 'Ways to go on' });
  await box.pressSequentially('stock sta');
  await expect(list.getByRole('option')).toHaveText([/^stage:/, /^state:/]);
  await expect(box).toHaveAttribute('role', 'combobox');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expectAccessible(page);
  await box.press('ArrowDown');
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await box.press('Enter');
  await expect(box).toHaveValue('stock stage:');
  await expect(list.getByRole('option').first()).toContainText('stage:idea');
  await box.pressSequentially('par');
  await expect(list.getByRole('option')).toHaveText([/stage:parked/]);
  await box.press('Tab');
  await expect(box).toHaveValue('stock stage:parked');
  await expect(list).toBeHidden();
  await box.press('Enter');
  await expect(page).toHaveURL(/q=stock\+stage%3Aparked/);
});

test('Escape closes the ways to go on, and Enter without a choice asks for what was typed', async ({ page }) => {
  await page.goto(`${home}/search`);
  await page.waitForSelector(awake);
  const box = page.locator('#q');
  const list = page.getByRole('listbox', { name: 'Ways to go on' });
  await box.pressSequentially('sco');
  await expect(list).toBeVisible();
  await box.press('Escape');
  await expect(list).toBeHidden();
  await expect(box).toHaveValue('sco');
  await box.pressSequentially('r');
  await expect(list).toBeVisible();
  await box.press('Enter');
  await expect(page).toHaveURL(/q=scor$/);
});

test('the field of a list offers what that list knows', async ({ page }) => {
  await page.goto(`${home}/evidence/new`);
  await page.getByLabel('Title').fill('Stock is asked for by phone');
  await page.getByLabel('Kind').selectOption('support_log');
  await page.getByRole('button', { name: 'Add evidence' }).click();
  await expect(page.getByRole('heading', { name: 'Stock is asked for by phone' })).toBeVisible();
  await page.goto(`${home}/evidence`);
  await page.waitForSelector(awake);
  const box = page.getByLabel('Words in title, finding or source');
  const list = page.getByRole('listbox', { name: 'Ways to go on' });
  await box.pressSequentially('stage');
  await box.press('Backspace');
  await expect(list).toBeHidden();
  await box.fill('');
  await box.pressSequentially('freshness:st');
  await list.getByRole('option', { name: /freshness:stale/ }).click();
  await expect(box).toHaveValue('freshness:stale');
  await expect(box).toBeFocused();
});
