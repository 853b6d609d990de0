import * as z from 'zod/mini';
import { vendorCa } from '../vendor-ca.ts';

/** What is shown of a vendor's CA. */
export const vendorCaView = z.omit(vendorCa, { certificatePem: true, changedAt: true });

export type VendorCaView = z.infer<typeof vendorCaView>;
