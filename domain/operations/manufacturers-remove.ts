import * as z from 'zod/mini';
import { keyId, manufacturerKey, manufacturerName } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';

/** Trusts a manufacturer's key no longer. Devices that came in by its manifests stay what they are. */
export const manufacturersRemove = defineOperation({
  name: 'manufacturers.remove',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ name: manufacturerName, kid: keyId }),
  output: z.object({ key: manufacturerKey }),
});
