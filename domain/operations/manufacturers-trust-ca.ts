import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { manufacturerName } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';
import { vendorCaView } from './vendor-ca-view.ts';

/** What AWS IoT takes for a certificate. */
const pem = z.string().check(z.minLength(1), z.maxLength(65_536));

/** Lets certificates of a vendor's CA register themselves for a line. Takes two people: that CA then names devices of the line. */
export const manufacturersTrustCa = defineOperation({
  name: 'manufacturers.trust-ca',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: true,
  input: z.strictObject({
    name: manufacturerName,
    line: lineName,
    certificatePem: pem,
    /** A certificate by the CA over the account's registration code. Without it the CA may be registered in other accounts, too. */
    verificationPem: z.exactOptional(pem),
  }),
  output: z.object({ ca: vendorCaView, outcome: z.enum(['created', 'unchanged']) }),
});
