// The signal inventory: rows are pasted, the top page is seen, becomes evidence, and a hypothesis rests on it.

import { type Page } from '@playwright/test';

import { expect, expectAccessible, test } from '../support/test';
import { ownerState, site, workspace } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;

/** Pages of one device whose paths no other journey uses; the first has the most exits. */
function rows(where: string) {
  const heading = 'Page\tPath\tVisits\tExits\tHesitation\tScroll loop';
  const pages = [
    `Prices ${where}\t/prices-${where}\t39,300\t28,880\t5,776\t14,440`,
    `Search ${where}\t/search-${where}\t20,000\t6,000\t1,200\t1,200`,
    `Basket ${where}\t/basket-${where}\t10,000\t3,000\t600\t600`,
  ];
  return [heading, ...pages].join('\n');
}

async function paste(page: Page, text: string, device: string) {
  await page.goto(`${home}/signals/import`);
  await page.getByLabel('Paste rows').fill(text);
  await page.getByLabel('Site').selectOption({ label: site.name });
  await page.getByLabel('Device').selectOption({ label: device });
  await page.getByLabel('First day').fill('2025-02-01');
  await page.getByLabel('Last day').fill('2025-02-28');
  await page.getByRole('button', { name: 'Read the rows' }).click();
  await expect(page.getByRole('heading', { name: 'Import signals: pasted rows' })).toBeVisible();
}

/** `look` is what a page is judged by; without script nothing can judge it. */
async function fromRowsToHypothesis(page: Page, where: string, device: string, look: (page: Page) => Promise<void>) {
  await page.goto(`${home}/signals/import`);
  await look(page);
  await paste(page, rows(where).replace('28,880', '88,880'), device);
  const errors = page.getByRole('table', { name: 'Errors by line and column' });
  await expect(errors.locator('tbody tr')).toHaveCount(1);
  await expect(errors).toContainText('88,880 exits are more than 39,300 visits.');
  await expect(page.getByRole('button', { name: /^Add/ })).toHaveCount(0);
  await look(page);

  await paste(page, rows(where), device);
  await expect(page.getByText('3 rows can be added.')).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Add 3 rows' }).click();
  await expect(page.getByText('3 rows added.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Views' }).locator('[aria-current=page]')).toContainText('Signals');

  await page.goto(`${home}/signals?device=${device.toLowerCase()}`);
  const table = page.getByRole('table', { name: /^Pages with their exits/ });
  const top = table.getByRole('row', { name: new RegExp(`/prices-${where}`) });
  await expect(top).toContainText('7,220');
  await expect(top).toContainText('73%');
  await expect(top.getByRole('img', { name: /73% of visits end here, likely between/ })).toBeVisible();
  await expect(top).toContainText('stands out');
  await page.getByText('How this is read').click();
  await expect(page.getByText('An exit rate stands out when its whole interval lies above the site average.')).toBeVisible();
  await look(page);

  await top.getByRole('button', { name: 'Make evidence' }).click();
  const finding = `73% of visits to Prices ${where} on ${device.toLowerCase()} end there; 50% after a scroll loop`;
  await expect(page.getByRole('heading', { name: finding })).toBeVisible();
  await expect(page.locator('.where-line')).toContainText('behavioural signal');
  await look(page);
  const evidence = page.url().split('/').pop()!;

  await page.goto(`${home}/signals?device=${device.toLowerCase()}`);
  await expect(top.getByRole('link', { name: evidence })).toBeVisible();
  await top.getByRole('link', { name: /^Write one/ }).click();
  await page.getByLabel('Title').fill(`Show prices earlier, ${where}`);
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: `Show prices earlier, ${where}` })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Evidence' }).getByRole('article')).toContainText(finding);
  const hypothesis = page.url().split('/').pop()!;

  await page.goto(`${home}/signals?device=${device.toLowerCase()}`);
  await expect(top.getByRole('link', { name: hypothesis })).toBeVisible();
}

test('pasted rows lead to evidence and to a hypothesis', async ({ page, isMobile }) => {
  await fromRowsToHypothesis(page, isMobile ? 'small' : 'large', isMobile ? 'Mobile' : 'Desktop', expectAccessible);
});

test('the same before any script has loaded @noscript', async ({ page }) => {
  await fromRowsToHypothesis(page, 'bare', 'Tablet', async () => {});
});

test('a row is typed, refused beside its field, changed and archived', async ({ page, isMobile }) => {
  const path = `/typed-${isMobile ? 'small' : 'large'}`;
  await page.goto(`${home}/signals/new`);
  await expectAccessible(page);
  await page.getByLabel('Path').fill(path);
  await page.getByLabel('Site').selectOption({ label: site.name });
  await page.getByLabel('First day').fill('2025-03-01');
  await page.getByLabel('Last day').fill('2025-03-28');
  await page.getByLabel('Visits').fill('1,000');
  await page.getByRole('textbox', { name: 'Exits' }).fill('1,001');
  await page.getByRole('button', { name: 'Add row' }).click();
  await expect(page.getByText('1,001 exits are more than 1,000 visits.').first()).toBeVisible();
  await expect(page.getByLabel('Path')).toHaveValue(path);
  await expect(page.getByRole('textbox', { name: 'Exits' })).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Exits' }).fill('400');
  await page.getByRole('button', { name: 'Add row' }).click();

  await page.goto(`${home}/signals?device=all`);
  const row = page.getByRole('row', { name: new RegExp(path) });
  await expect(row).toContainText('40%');
  await row.getByRole('link', { name: path }).click();
  await expect(page.getByRole('heading', { name: `Edit ${path}` })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Visits').fill('800');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto(`${home}/signals?device=all`);
  await expect(row).toContainText('50%');
  await row.getByRole('link', { name: path }).click();
  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('Archived, not in the inventory')).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(row).toContainText('50%');
});
