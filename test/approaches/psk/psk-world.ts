import type { DeriveKey, DeviceKeyName } from '../../../approaches/psk/evidence/derivation.ts';
import { PSK_REQUIREMENT } from '../../../approaches/psk/evidence/requirement.ts';
import { provePsk } from '../../../approaches/psk/prove.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { ConnectionOccasion } from '../../../domain/prover.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { deviceKeyOf } from '../../fakes/in-memory-device-keys.ts';

export const METER = aLine('meter');
export const SERVER = 'a1b2c3-ats.iot.eu-west-1.amazonaws.com';

export const deriveKey: DeriveKey = (name) => Promise.resolve(deviceKeyOf(name));

export const keyText = (name: DeviceKeyName): string => deviceKeyOf(name).toString('base64url');

export const anEnrolledMeter = (serialNumber: SerialNumber = aSerial(), more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({ line: METER, serialNumber, approach: 'psk', requirement: PSK_REQUIREMENT, ...more });

export interface Occasion extends Partial<ConnectionOccasion> {
  readonly keyVersion?: number;
  readonly connectionId?: string;
}

/** What AWS IoT tells an authorizer when a device connects that holds its key. */
export const aPresentation = async ({
  keyVersion = 1,
  connectionId = 'connection-1',
  ...more
}: Occasion = {}): Promise<ConnectionPresentation> => {
  const [line, serialNumber] = [more.line ?? METER, more.serialNumber ?? aSerial()];
  const occasion: ConnectionOccasion = {
    line,
    serialNumber,
    clientId: thingNameOf('muster', line, serialNumber),
    serverName: SERVER,
    at: NOON,
    counter: 1,
    nonce: 'A'.repeat(22),
    fetch: () => Promise.reject(new Error('A PSK device asks nobody.')),
    ...more,
  };
  const key = keyText({ line, serialNumber, keyVersion });
  const { username, password } = await provePsk.open({ keys: [{ version: keyVersion, key }] }).prove(occasion);
  const { clientId, serverName } = occasion;
  return { at: NOON, connectionId, serverName, clientId, username, password };
};
