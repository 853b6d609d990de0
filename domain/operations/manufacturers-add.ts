import * as z from 'zod/mini';
import { manufacturerKey } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';

/** Trusts a manufacturer's key to sign manifests. Takes two people: whoever holds such a key decides which devices there are. */
export const manufacturersAdd = defineOperation({
  name: 'manufacturers.add',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: true,
  input: z.strictObject({ key: z.omit(manufacturerKey, { kid: true }) }),
  output: z.object({ key: manufacturerKey, outcome: z.enum(['created', 'unchanged']) }),
});
