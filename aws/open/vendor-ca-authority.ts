import { IoTClient } from '@aws-sdk/client-iot';
import type { VendorCaAuthority } from '../../domain/vendor-ca.ts';
import { createIotVendorCaAuthority } from '../iot/vendor-ca-authority.ts';

/** Vendor CAs at AWS IoT, for the deployment of that prefix. */
export const openVendorCaAuthority = (prefix: string): VendorCaAuthority =>
  createIotVendorCaAuthority(new IoTClient({ maxAttempts: 6 }), prefix);
