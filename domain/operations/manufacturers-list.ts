import * as z from 'zod/mini';
import { manufacturerKey } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';
import { vendorCaView } from './vendor-ca-view.ts';

/** The manufacturers' keys that sign manifests, and the CAs that name devices; a scope of lines sees those that may vouch for one of them. */
export const manufacturersList = defineOperation({
  name: 'manufacturers.list',
  roles: ['factory', 'operator', 'security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({}),
  output: z.object({ keys: z.array(manufacturerKey), cas: z.array(vendorCaView) }),
});
