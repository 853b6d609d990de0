import { timingSafeEqual } from 'node:crypto';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { AcceptedEvidence, Verification } from '../../../domain/verification.ts';
import type { PskEvidence } from '../evidence.ts';
import { type DeviceKeyName, KEY_BYTES, keyIdOf } from '../evidence/derivation.ts';
import { proofMac } from '../evidence/proof-mac.ts';
import { firstVersionOf } from '../evidence/requirement.ts';

/** A proof as it came, and what it is judged by. */
export interface PskPresentation {
  /** When it came, in milliseconds since the epoch, by the cloud's clock. */
  readonly now: number;
  readonly device: Omit<DeviceKeyName, 'keyVersion'>;
  readonly clientId: string;
  readonly serverName: string;
  readonly evidence: PskEvidence;
  /** Derived for the device and the version that are named. */
  readonly deviceKey: Uint8Array;
  /** How far the device's clock may be off, in milliseconds. */
  readonly windowMs: number;
}

type Refused = Extract<Verification, { readonly accepted: false }>;

/** That a device holds its key, and whether it knows what time it is. */
export type PskVerification = (AcceptedEvidence & { readonly isTimely: boolean }) | Refused;

/**
 * Proves a device by a MAC under its key over its names, the client id, the server, the time and the counter of this one
 * connection. Whether the proof was used before is for the store to say, in the write that uses it up.
 */
export const verifyProof = (presented: PskPresentation): PskVerification => {
  const { evidence, device, now, windowMs } = presented;
  if (!isProven(presented)) return refused;
  return {
    accepted: true,
    key: keyIdOf({ ...device, keyVersion: evidence.keyVersion }),
    attestation: 'device-secret',
    isTimely: Math.abs(now - evidence.at) <= windowMs,
  };
};

/** The same, for an enrollment that is at hand. */
export const verify = (presented: PskPresentation, requirement: Enrollment['requirement']): PskVerification => {
  const firstVersion = firstVersionOf(requirement);
  if (firstVersion === undefined) return refused;
  const verification = verifyProof(presented);
  return verification.accepted && presented.evidence.keyVersion < firstVersion
    ? { accepted: false, reason: 'superseded-key' }
    : verification;
};

const refused: Refused = { accepted: false, reason: 'evidence-refused' };

// Both have 32 bytes, whatever was sent, and comparing them takes as long wherever they differ.
const isProven = ({ evidence, deviceKey, device, clientId, serverName }: PskPresentation): boolean => {
  const shown = Buffer.from(evidence.mac, 'base64url');
  if (deviceKey.byteLength !== KEY_BYTES || shown.byteLength !== KEY_BYTES) return false;
  return timingSafeEqual(proofMac(deviceKey, { ...device, ...evidence, clientId, serverName }), shown);
};
