import { createHmac } from 'node:crypto';
import { type DeviceKeyName, derivationOf } from '../../approaches/psk/evidence/derivation.ts';
import type { PskLine } from '../../approaches/psk/settings.ts';
import type { DeviceKeyResources } from '../../lambdas/operations/keys/device-key-resources.ts';
import { aLine } from '../builders/identifiers.ts';

/** The master key of a line and version, as KMS has one: the same name always makes the same. */
const masterKey = (line: string, keyVersion: number): Buffer => Buffer.alloc(32, `${line} ${keyVersion}`);

/** A device's key, as KMS makes it. */
export const deviceKeyOf = (name: DeviceKeyName): Buffer => derivedBy(derivationOf(name));

const derivedBy = ({ line, keyVersion, text }: ReturnType<typeof derivationOf>): Buffer =>
  createHmac('sha256', masterKey(line, keyVersion)).update(text).digest();

/** A line with keys: of version 1 unless said. */
export const aPskLine = (more: Partial<PskLine> = {}): PskLine => ({
  name: aLine('meter'),
  keyVersions: [1],
  sessionSeconds: 7200,
  refreshSeconds: 3600,
  windowSeconds: 300,
  ...more,
});

/** Keys of the devices of one line, without KMS. */
export const inMemoryDeviceKeys = (line: Partial<PskLine> = {}): DeviceKeyResources => ({
  lines: [aPskLine(line)],
  deriveKey: (name) => Promise.resolve(deviceKeyOf(name)),
});
