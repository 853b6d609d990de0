import type { DeviceIdentity } from '../../domain/prover.ts';
import { aCertificateId, aLine, aSerial } from './identifiers.ts';

/** `SN-1` of the line `sensor` with this key, come by the claim `claim`: the one of `aCertificatePresentation`. */
export const aDeviceIdentity = (more: Partial<DeviceIdentity> & Pick<DeviceIdentity, 'privateKeyPem'>): DeviceIdentity => ({
  serialNumber: aSerial(),
  line: aLine(),
  claimCertificateId: aCertificateId('claim'),
  ...more,
});
