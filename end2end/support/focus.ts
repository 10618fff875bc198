// Where the keyboard is, and whether a person can see it.

import { expect, type Locator, type Page } from '@playwright/test';

/** Where the focus stands seen from the wanted element, and what is wrong with it. Runs in the page. */
function look(wanted: Element | null) {
  const focused = document.activeElement ?? document.body;
  const follows = wanted && focused.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING;
  const way = focused === wanted ? 'here' : focused === document.body || follows ? 'ahead' : 'behind';
  const name = `${focused.tagName.toLowerCase()}#${focused.id} “${(focused.textContent ?? '').trim().slice(0, 40)}”`;
  // A hidden radio or check box shows its focus on its label or its card.
  const bearers = [focused, focused.closest('label'), focused.nextElementSibling, focused.parentElement].filter((one) => one !== null);
  const ringed = bearers.filter((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  });
  const met = (box: DOMRect) =>
    [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => document.elementFromPoint(box.x + box.width * x, box.y + box.height * y)));
  const inSight = (one: Element) =>
    [...one.getClientRects()].flatMap(met).some((hit) => hit && (one.contains(hit) || hit.contains(one)));
  // The calendar button within a date field draws its own ring.
  const own = focused.matches('input[type=date]:not(:focus-visible)');
  const flaw =
    focused === document.body ? 'nothing has the focus'
    : ringed.length === 0 && !own ? `no ring around ${name}`
    : !(own ? [focused] : ringed).some(inSight) ? `${name} is out of sight or covered`
    : null;
  return { way, flaw };
}

export async function expectFocusSeen(page: Page) {
  // What scrolls or glides into sight may take a moment.
  await expect.poll(async () => (await page.evaluate(look, null)).flaw, { message: `the focus is seen on ${page.url()}` }).toBeNull();
}

/** Walks to the target with Tab, or back with Shift+Tab, as a person would; the focus is seen at every stop. */
export async function reach(page: Page, target: Locator) {
  await expect(target, 'there is one place to go to').toHaveCount(1);
  const wanted = await target.elementHandle();
  let now = await page.evaluate(look, wanted);
  const key = now.way === 'behind' ? 'Shift+Tab' : 'Tab';
  if (now.flaw === 'nothing has the focus' && (await target.evaluate((one) => one.closest('#content') !== null))) {
    await skipToTheContent(page);
  }
  for (const first = now.way; now.way !== 'here'; ) {
    expect(now.way, `${target} lies on the way`).toBe(first);
    await page.keyboard.press(key);
    now = await page.evaluate(look, wanted);
    if (now.flaw) await expectFocusSeen(page);
  }
}

/** The first stop of every page. */
export async function skipToTheContent(page: Page) {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await expectFocusSeen(page);
  await page.keyboard.press('Enter');
}
