// Saved views: what a list shows is kept under a name, changed and reset, renamed, put away and brought back.

import { type Page } from '@playwright/test';

import { ownerState, workspace } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';
import { expect, expectAccessible, test } from '../support/test';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;

async function idea(page: Page, title: string) {
  await page.goto(`${home}/hypotheses/new`);
  await page.getByLabel('Title').fill(title);
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
}

/** `where` is a word that no other journey uses; `look` is what a page is judged by. */
async function keepAndChange(page: Page, where: string, look: (page: Page) => Promise<void>) {
  const tabs = page.getByRole('navigation', { name: 'Views' });
  const tab = (name: string, count: number) => tabs.getByRole('link', { name: `${name} ${count}`, exact: true });
  const [name, renamed] = [`Ideas about ${where}`, `${where} at the counter`];
  await idea(page, `Show ${where} beside the price`);
  await idea(page, `Hide ${where} from the basket`);

  await page.goto(`${home}/hypotheses?q=${where}`);
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(2);
  await expect(tabs.locator('[aria-current=page]')).toHaveCount(0);
  await page.locator('.save-view > summary').click();
  await look(page);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('checkbox', { name: 'Share it with everybody here' }).check();
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(tab(name, 2)).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('button', { name: /^Save the change/ })).toHaveCount(0);
  await look(page);

  // The same name again is refused beside its field, and what was typed is still there.
  await page.locator('.save-view > summary').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name.toUpperCase());
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByText(`You have a view “${name}” of this list already. Choose another name.`)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name.toUpperCase());
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await look(page);

  // A filter that is put on changes the view: it can be reset or saved.
  await page.goto(`${home}/hypotheses`);
  await tab(name, 2).click();
  await expect(tab(name, 2)).toHaveAttribute('aria-current', 'page');
  await page.locator('.filters .plain-menu > summary').click();
  await page.locator('.filters').getByRole('link', { name: 'Newest', exact: true }).click();
  await expect(page).toHaveURL(/sort=-created_at/);
  await expect(tabs.locator('[aria-current=page]')).toHaveCount(0);
  await look(page);
  await page.getByRole('link', { name: `Reset “${name}”` }).click();
  await expect(tab(name, 2)).toHaveAttribute('aria-current', 'page');
  await expect(page).not.toHaveURL(/sort=/);
  await page.locator('.filters .plain-menu > summary').click();
  await page.locator('.filters').getByRole('link', { name: 'Newest', exact: true }).click();
  await page.getByRole('button', { name: `Save the change of “${name}”` }).click();
  await expect(tab(name, 2)).toHaveAttribute('aria-current', 'page');
  await expect(page).toHaveURL(/sort=-created_at/);

  await page.locator('.change-view > summary').click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
  await look(page);
  await page.getByRole('textbox', { name: 'Name' }).fill(renamed);
  await page.locator('.change-view').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tab(renamed, 2)).toHaveAttribute('aria-current', 'page');

  // Put away, taken back, put away again, and brought back later from the form.
  await page.locator('.change-view > summary').click();
  await page.getByRole('button', { name: `Archive the view “${renamed}”` }).click();
  await expect(tab(renamed, 2)).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: `The view “${renamed}” is archived.` })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(tab(renamed, 2)).toHaveAttribute('aria-current', 'page');
  await page.locator('.change-view > summary').click();
  await page.getByRole('button', { name: `Archive the view “${renamed}”` }).click();
  await expect(tab(renamed, 2)).toHaveCount(0);
  await page.goto(`${home}/hypotheses`);
  await page.locator('.save-view > summary').click();
  await look(page);
  await page.getByRole('button', { name: `Bring back “${renamed}”` }).click();
  await expect(tab(renamed, 2)).toHaveAttribute('aria-current', 'page');
}

test('what a list shows is kept under a name', async ({ page, isMobile }) => {
  await keepAndChange(page, isMobile ? 'lanyards' : 'lanterns', expectAccessible);
});

test('the same before any script has loaded @noscript', async ({ page }) => {
  await keepAndChange(page, 'ladders', async () => {});
});

test('typed filters become the filters of a view, in every list', async ({ page, isMobile }) => {
  const where = isMobile ? 'small' : 'large';
  for (const [list, typed, kept] of [
    ['hypotheses', 'stage:parked owner:me', /owner=me&stage=parked&view=\d+$/],
    ['evidence', 'class:behaviour tag:none-such', /class=behaviour&tag=none-such&view=\d+$/],
    ['tests', 'state:cancelled', /state=cancelled&view=\d+$/],
    ['learnings', 'lever:none-such', /lever=none-such&view=\d+$/],
  ] as const) {
    await page.goto(`${home}/${list}?q=${encodeURIComponent(typed)}`);
    if (!(await page.locator('.save-view').isVisible())) continue; // a list without anything has no views yet
    await page.locator('.save-view > summary').click();
    await page.getByRole('textbox', { name: 'Name' }).fill(`Typed ${where}`);
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(page).toHaveURL(kept);
    const current = page.getByRole('navigation', { name: 'Views' }).locator('[aria-current=page]');
    await expect(current).toContainText(`Typed ${where}`);
    await expectAccessible(page);
    await page.locator('.change-view > summary').click();
    await page.getByRole('button', { name: /^Archive the view/ }).click();
    await expect(page.getByText(`The view “Typed ${where}” is archived.`)).toBeVisible();
  }
});
