// The whole loop over REST against the running server, from a finding to what a shipped change is worth.

import { type APIRequestContext, type PlaywrightWorkerArgs } from '@playwright/test';

import { owner } from '../support/cast';
import { commandLine, emptyWorkspace } from '../support/library';
import { expect, test } from '../support/test';

const shares = [['A', 'Control'], ['B', 'Filter']].map(([key, name]) => ({ key, name, share: 0.5 }));
const orders = (counts: Record<string, [number, number]>) =>
  Object.entries(counts).map(([variant, [visitors, conversions]]) => ({ variant, metric: 'conversion-rate', visitors, conversions }));
const ice = (impact: number, confidence: number, ease: number) => ({ model: 'ice', impact, confidence, ease });
const statement = {
  because: 'buyers ring the branch', change: 'adding a stock filter', audience: 'trade buyers',
  effect: { metric: 'conversion-rate', direction: 'up', low: 0.02, high: 0.05 },
  lever: 'findability', measure: 'orders per visitor after 3 weeks',
};
const learning = { sentence: 'Trade buyers order more when they can filter by branch stock.' };
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

type Call = (method: string, path: string, data?: unknown, headers?: Record<string, string>) => Promise<{ status: number; body: any }>;

async function caller(playwright: PlaywrightWorkerArgs['playwright'], api: string, token: string): Promise<Call> {
  const request: APIRequestContext = await playwright.request.newContext({ extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  return async (method, path, data, headers) => {
    const reply = await request.fetch(api + path, { method, data, headers });
    const text = await reply.text();
    const kind = reply.headers()['content-type'] ?? '';
    if (reply.status() >= 400) expect(kind, `${method} ${path} refuses with a problem`).toBe('application/problem+json');
    return { status: reply.status(), body: text ? JSON.parse(text) : null };
  };
}

async function backAndScore(call: Call, done: (...made: Parameters<Call>) => Promise<any>) {
  await done('POST', '/sites', { name: 'Check shop', slug: 'shop', currency: 'GBP', time_zone: 'Europe/London', margin: 0.4 });
  const finding = { title: '31% of listing exits follow three filter changes', kind: 'analytics', finding: 'Trade search, 28 days', site: 'shop', observed_to: day(20) };
  const evidence = await done('POST', '/evidence', finding);
  const { number } = await done('POST', '/hypotheses', { title: 'Filter trade search by stock at my branch', site: 'shop', statement });
  await done('PUT', `/hypotheses/${number}/evidence/${evidence.number}`, { direction: 'supports', note: 'direct' });
  await done('PUT', `/hypotheses/${number}/score`, ice(9, 8, 6));
  const read = await done('GET', `/hypotheses/${number}`);
  expect(read.score.value).toBeCloseTo(23 / 3, 1);
  expect(read.evidence.supports).toBe(1);
  expect((await call('PATCH', `/hypotheses/${number}`, { title: 'x' })).status).toBe(428);
  expect((await call('PATCH', `/hypotheses/${number}`, { title: 'x' }, { 'if-match': '"999"' })).status).toBe(412);
  expect(await call('PUT', `/hypotheses/${number}/score`, ice(11, 8, 6))).toMatchObject({ status: 422, body: { errors: [{ field: 'impact' }] } });
  return number as string;
}

async function testAndLearn(call: Call, done: (...made: Parameters<Call>) => Promise<any>, hypothesis: string) {
  const plan = {
    title: 'Stock filter', kind: 'ab', hypotheses: [hypothesis], site: 'shop', variants: shares, primary_metric: 'conversion-rate',
    guard_rails: [{ metric: 'return-rate', margin: 0.02, scale: 'absolute' }], devices: ['desktop', 'mobile'], baseline: 0.02, mde: 0.3,
  };
  const { number } = await done('POST', '/tests', plan);
  await done('POST', `/tests/${number}/start`, { on: day(29), overrule_reason: 'The launch is fixed.' });
  const totals = { as_of: `${day(1)}T00:00:00Z`, no_device_reason: 'not split by device', rows: orders({ A: [100_000, 2000], B: [100_000, 3000] }) };
  await done('POST', `/tests/${number}/results`, totals);
  const { comparisons } = await done('GET', `/tests/${number}/analysis`);
  const [{ relative }] = comparisons.filter((one: any) => one.variant === 'B' && !one.segment);
  expect(relative.estimate).toBeCloseTo(0.5, 9);
  expect(relative.low).toBeCloseTo(0.418455915, 6);
  expect(relative.high).toBeCloseTo(0.5862318851, 6);
  const swapped = { as_of: totals.as_of, rows: orders({ A: [10, 20] }) };
  expect((await call('POST', `/tests/${number}/results`, swapped)).status).toBe(422);
  await done('POST', `/tests/${number}/stop`, { on: day(1) });
  const decisions = [{ kind: 'ship', variant: 'B' }];
  await done('POST', `/tests/${number}/conclusion`, { outcome: 'win', decisions, learning, overrule_reason: 'Returns are counted next month.' });
  return number as string;
}

test('the loop holds over REST @both', async ({ playwright, baseURL, isMobile }, about) => {
  test.skip(isMobile, 'a program has no screen');
  const slug = emptyWorkspace('rest', about).slice(1);
  const token = (email: string, scope: string) => commandLine('token', 'create', '--email', email, '--workspace', slug, '--scope', scope);
  const api = `${baseURL}/api/v1/${slug}`;
  const call = await caller(playwright, api, token(owner.email, 'admin'));
  const done = async (...made: Parameters<Call>) => {
    const { status, body } = await call(...made);
    expect([200, 201], `${made[0]} ${made[1]}: ${JSON.stringify(body)}`).toContain(status);
    return body;
  };
  expect(await done('GET', '/me')).toMatchObject({ email: owner.email, role: 'owner', scope: 'admin' });
  const hypothesis = await backAndScore(call, done);
  commandLine('user', 'add', '--email', 'viewer@holm.example', '--name', 'Vic Viewer', '--workspace', slug, '--role', 'viewer');
  const viewers = await caller(playwright, api, token('viewer@holm.example', 'read'));
  expect((await viewers('PUT', `/hypotheses/${hypothesis}/score`, ice(1, 1, 1))).status).toBe(403);

  const made = await testAndLearn(call, done, hypothesis);
  expect(await done('GET', '/learnings')).toMatchObject({ total: 1, items: [{ test: made, ...learning }] });
  const found: { number: string }[] = (await done('GET', '/search?q=branch')).items;
  expect(found.map(({ number }) => number)).toEqual(expect.arrayContaining([hypothesis, 'L-1']));
  expect(await done('GET', '/impact')).toMatchObject({ rollouts: [{ number: 'R-1', test: made }], outcomes: { win: 1 } });
  expect((await (await caller(playwright, api, 'hyp_wrong'))('GET', '/hypotheses')).status).toBe(401);
  expect((await call('GET', '/hypotheses/H-999999')).body).toMatchObject({ status: 404, title: expect.any(String) });
});
