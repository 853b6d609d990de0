import * as z from 'zod/mini';
import { vendorCaId } from '../identifiers.ts';
import { manufacturerName } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';
import { vendorCaView } from './vendor-ca-view.ts';

/** Lets no more certificates of a vendor's CA in. Devices that came in by it stay what they are. */
export const manufacturersDistrustCa = defineOperation({
  name: 'manufacturers.distrust-ca',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ name: manufacturerName, id: vendorCaId }),
  output: z.object({ ca: vendorCaView }),
});
