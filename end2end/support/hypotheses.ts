// What journeys do with the statement builder.

import { expect, type Page } from '@playwright/test';

/** Saves the builder's form; where something very close is there already, all the same. */
export async function saveHypothesis(page: Page) {
  await page.getByRole('button', { name: 'Save hypothesis' }).click();
  await expectSaved(page);
}

/** The new record, also where the question came first whether it is the same as another. */
export async function expectSaved(page: Page) {
  const anyway = page.getByRole('button', { name: 'Save it all the same' });
  await expect(anyway.or(page.locator('.record-title'))).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(page.locator('.record-title')).toBeVisible();
}
