import { readPskEvidence } from '../../../approaches/psk/evidence.ts';
import { PSK_REQUIREMENT } from '../../../approaches/psk/evidence/requirement.ts';
import { verify } from '../../../approaches/psk/verify.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import type { Verification } from '../../../domain/verification.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { describeApproach, type Tampering } from '../../contracts/approach.contract.ts';
import { deviceKeyOf } from '../../fakes/in-memory-device-keys.ts';
import { badPasswords } from './bad-passwords.ts';
import { aPresentation, METER } from './psk-world.ts';

const WINDOW_MS = 300_000;

/** What reaches the cloud's half. */
interface Presented extends ConnectionPresentation {
  readonly line: typeof METER;
  /** In place of that which derives for the device. */
  readonly deviceKey?: Buffer;
}

const judge = (presented: Presented, requirement: Enrollment['requirement'], serialNumber: SerialNumber): Verification => {
  const evidence = readPskEvidence(presented.password);
  if (evidence === undefined) return { accepted: false, reason: 'evidence-refused' };
  const { line, clientId, serverName, at: now } = presented;
  const device = { line, serialNumber };
  const { deviceKey = deviceKeyOf({ ...device, keyVersion: evidence.keyVersion }) } = presented;
  const verification = verify({ device, clientId, serverName, evidence, deviceKey, now, windowMs: WINDOW_MS }, requirement);
  if (!verification.accepted || verification.isTimely) return verification;
  return { accepted: false, reason: 'proof-outside-its-time' };
};

const otherKeys = {
  'another device': deviceKeyOf({ line: METER, serialNumber: aSerial('SN-2'), keyVersion: 1 }),
  'another device that looks the same': deviceKeyOf({ line: METER, serialNumber: aSerial('ＳN-1'), keyVersion: 1 }),
  'another line': deviceKeyOf({ line: aLine('gateway'), serialNumber: aSerial(), keyVersion: 1 }),
  'another version': deviceKeyOf({ line: METER, serialNumber: aSerial(), keyVersion: 2 }),
  'fewer bytes': deviceKeyOf({ line: METER, serialNumber: aSerial(), keyVersion: 1 }).subarray(0, 31),
  'no bytes': Buffer.alloc(0),
};

const tamperings: readonly Tampering<Presented>[] = [
  ...Object.entries(otherKeys).map(
    ([what, deviceKey]): Tampering<Presented> => [`the key of ${what}`, (one) => ({ ...one, deviceKey }), 'evidence-refused'],
  ),
  ['another line', (one) => ({ ...one, line: aLine('gateway') }), 'evidence-refused'],
  ['another client id', (one) => ({ ...one, clientId: 'muster:meter:SN-2' }), 'evidence-refused'],
  ['another server', (one) => ({ ...one, serverName: 'elsewhere.example' }), 'evidence-refused'],
  ['a time that is over', (one) => ({ ...one, at: one.at + WINDOW_MS + 1 }), 'proof-outside-its-time'],
  ['a time that is yet to come', (one) => ({ ...one, at: one.at - WINDOW_MS - 1 }), 'proof-outside-its-time'],
  ...badPasswords.map(
    ([what, change]): Tampering<Presented> => [what, (one) => ({ ...one, password: change(one.password) }), 'evidence-refused'],
  ),
];

/** What every approach does, done by PSK. */
export const describePsk = (): void => {
  describeApproach<Presented>({
    name: 'psk',
    verify: judge,
    newDevice: (serialNumber) =>
      Promise.resolve({
        requirement: PSK_REQUIREMENT,
        prove: async () => ({ ...(await aPresentation({ serialNumber })), line: METER }),
      }),
    tamperings,
  });
};
