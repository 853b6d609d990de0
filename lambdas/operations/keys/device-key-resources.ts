import { derivationOf, type DeriveKey } from '../../../approaches/psk/evidence/derivation.ts';
import { type PskLine, pskSettingsOf } from '../../../approaches/psk/settings.ts';
import { createKmsClient, createKmsDerivedKeys } from '../../../aws/kms/derived-keys.ts';
import type { Configuration } from '../../../domain/configuration/configuration-schema.ts';
import { resourceNames } from '../../../domain/resource-names.ts';

/** What keys of devices are issued with. */
export interface DeviceKeyResources {
  /** Those whose devices have such keys. */
  readonly lines: readonly PskLine[];
  readonly deriveKey: DeriveKey;
}

/** The same, in AWS. */
export const openDeviceKeys = (configuration: Configuration): DeviceKeyResources => {
  const derive = createKmsDerivedKeys(createKmsClient(), resourceNames(configuration.prefix).masterKey);
  return {
    lines: pskSettingsOf(configuration).lines,
    deriveKey: (name, signal) => derive(derivationOf(name), signal),
  };
};
