// Who and what the journeys begin with.

import { join } from 'node:path';

export const owner = { name: 'Maya Okafor', email: 'owner@holm.example', password: 'correct horse battery' };
export const workspace = { name: 'Holm Group', slug: 'holm-group' };
export const site = { name: 'Holm Trade', slug: 'holm-trade' };
/** The owner's cookies, kept by the set-up. */
export const ownerState = join(import.meta.dirname, '../test-results/owner.json');
