import type { ManufacturerStore } from '../../domain/manufacturer-store.ts';
import type { VendorCaAuthority, VendorCaStore } from '../../domain/vendor-ca.ts';
import type { ClaimResources } from './claims/claim-resources.ts';
import type { DeviceResources } from './devices/device-resources.ts';

/** What operations are performed with; a performer takes of it what it needs. */
export interface OperationResources extends DeviceResources {
  readonly claimResources: ClaimResources;
  readonly manufacturers: ManufacturerStore;
  readonly vendorCas: VendorCaStore;
  readonly vendorCaAuthority: VendorCaAuthority;
}
