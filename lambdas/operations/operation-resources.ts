import type { AddressBook } from '../../domain/audit/sources/address-digest.ts';
import type { VerifyIntroduction } from '../../domain/admission/certificate-presentation.ts';
import type { DeviceCertificates, DevicePlacing } from '../../domain/registry-ports.ts';
import type { ManufacturerStore } from '../../domain/manufacturer-store.ts';
import type { VendorCaAuthority, VendorCaStore } from '../../domain/vendor-ca.ts';
import type { ClaimResources } from './claims/claim-resources.ts';
import type { DeviceResources } from './devices/device-resources.ts';
import type { Reconciler } from '../reconciliation/reconciler.ts';
import type { RotationResources } from './rotation/rotation-resources.ts';
import type { DeviceKeyResources } from './keys/device-key-resources.ts';

/** What operations are performed with; a performer takes of it what it needs. */
export interface OperationResources extends DeviceResources {
  /** 32 random bytes, base64url. */
  readonly newTicket: () => string;
  readonly addresses: Pick<AddressBook, 'read'>;
  readonly claimResources: ClaimResources;
  readonly deviceKeys: DeviceKeyResources;
  readonly manufacturers: ManufacturerStore;
  /** How devices come in that bring a certificate, and how that is judged. */
  readonly entrance: { readonly certificates: DeviceCertificates; readonly placing: DevicePlacing };
  readonly verifyIntroduction: VerifyIntroduction;
  readonly reconciler: Reconciler;
  readonly rotation: RotationResources;
  readonly vendorCas: VendorCaStore;
  readonly vendorCaAuthority: VendorCaAuthority;
}
