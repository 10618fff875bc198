// Attachments: files on a hypothesis by its form, pasted pictures, what is refused, and taking away.

import { type Locator, type Page } from '@playwright/test';
import { deflateSync } from 'node:zlib';

import { expect, expectAccessible, test } from '../support/test';
import { ownerState, workspace } from '../support/cast';
import { saveHypothesis } from '../support/hypotheses';

test.use({ storageState: ownerState });

const home = `/${workspace.slug}`;
const awake = 'html[data-hydrated]';

function checksum(bytes: Buffer) {
  let check = ~0;
  for (const byte of bytes) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit++) check = check & 1 ? (check >>> 1) ^ 0xedb88320 : check >>> 1;
  }
  return ~check >>> 0;
}

/** A grey PNG of one shade. */
function png(width: number, height: number, shade: number) {
  const chunk = (name: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), content]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    check.writeUInt32BE(checksum(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((width + 1) * height, shade);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

async function idea(page: Page, title: string) {
  await page.goto(`${home}/hypotheses/new`);
  await page.getByLabel('Title').fill(title);
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  return page.url().split('/').pop()!;
}

/** Pastes a picture as a browser does when one was copied. */
async function paste(place: Locator, name: string, bytes: Buffer) {
  await place.focus();
  await place.evaluate(
    (element, { name, bytes }) => {
      // What moves from here on moves because somebody pasted.
      element.dispatchEvent(new Event('input', { bubbles: true }));
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },
    { name, bytes: [...bytes] },
  );
}

test('files are attached, shown, refused with a reason, taken away and brought back', async ({ page, isMobile }) => {
  const where = isMobile ? 'on phones' : 'on desktops';
  const shade = isMobile ? 90 : 160;
  const number = await idea(page, `Show the basket ${where}`);
  const attachments = page.getByRole('region', { name: 'Attachments' });
  await attachments.getByText('Attach files').click();
  await attachments.getByLabel('Files', { exact: true }).setInputFiles([
    file('basket.png', 'image/png', png(960, 600, shade)),
    file('visits.csv', 'text/csv', Buffer.from('Device,Visits\nMobile,120\nDesktop,80\n')),
    file('page.png', 'image/png', Buffer.from('<!doctype html><script>alert(1)</script>')),
  ]);
  await attachments.getByRole('button', { name: 'Attach' }).click();

  const picture = attachments.getByRole('img', { name: 'basket.png' });
  await picture.scrollIntoViewIfNeeded(); // it is loaded once it is near
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(480);
  await expect(attachments.getByText('960 × 600')).toBeVisible();
  await expect(attachments.getByRole('link', { name: 'visits.csv' })).toBeVisible();
  await expect(attachments.getByText('page.png: This is a web page.')).toBeVisible();
  await expect(page.getByText('attached basket.png')).toBeVisible();
  await expectAccessible(page);

  const table = await attachments.getByRole('link', { name: 'visits.csv' }).getAttribute('href');
  const answer = await page.request.get(table!);
  expect(answer.headers()['content-disposition']).toContain('attachment');
  expect(answer.headers()['content-security-policy']).toBe("sandbox; default-src 'none'");

  await page.goto(`${home}/hypotheses/${number}`);
  await attachments.getByRole('button', { name: 'Take away basket.png' }).click();
  await expect(picture).toBeHidden();
  await attachments.getByText('1 file taken away').click();
  await expectAccessible(page);
  await attachments.getByRole('button', { name: 'Bring back basket.png' }).click();
  await expect(picture).toBeVisible();
});

test('a picture is pasted on the record and while editing, where nothing typed is lost', async ({ page, isMobile }) => {
  const where = isMobile ? 'on phones' : 'on desktops';
  const number = await idea(page, `Show the price ${where}`);
  await page.waitForSelector(awake);
  const attachments = page.getByRole('region', { name: 'Attachments' });
  const place = attachments.getByRole('group', { name: 'Paste or drop files here' });
  await paste(place, 'price.png', png(300, 200, 10));
  await expect(attachments.getByRole('img', { name: 'price.png' })).toBeVisible();

  await page.goto(`${home}/hypotheses/${number}/edit`);
  await page.waitForSelector(awake);
  await page.getByLabel('Title').fill(`Show the price first ${where}`);
  await paste(place, 'first.png', png(200, 300, 20));
  await expect(attachments.getByRole('img', { name: 'first.png' })).toBeVisible();
  await paste(place, 'again.png', png(200, 300, 20));
  await expect(attachments.getByText('The same file is attached here already, as first.png.')).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue(`Show the price first ${where}`);
  await expectAccessible(page);
  await saveHypothesis(page);
  await expect(page.getByRole('heading', { name: `Show the price first ${where}` })).toBeVisible();
  await expect(attachments.getByRole('img')).toHaveCount(2);
});

test('files are attached by the form alone @noscript', async ({ page }) => {
  await idea(page, 'Show the total before the payment');
  const attachments = page.getByRole('region', { name: 'Attachments' });
  await attachments.getByText('Attach files').click();
  await attachments.getByLabel('Files', { exact: true }).setInputFiles(file('empty.png', 'image/png', Buffer.alloc(0)));
  await attachments.getByRole('button', { name: 'Attach' }).click();
  await expect(attachments.getByText('empty.png: This file is empty (0 bytes).')).toBeVisible();
  await attachments.getByLabel('Files', { exact: true }).setInputFiles(file('total.png', 'image/png', png(120, 80, 200)));
  await attachments.getByRole('button', { name: 'Attach' }).click();
  await expect(attachments.getByRole('img', { name: 'total.png' })).toBeVisible();
});
