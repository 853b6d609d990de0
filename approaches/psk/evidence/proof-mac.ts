import { createHmac } from 'node:crypto';
import { lengthPrefixed } from '../../../domain/length-prefixed.ts';
import type { PskEvidence } from '../evidence.ts';
import type { DeviceKeyName } from './derivation.ts';

const PURPOSE = 'muster psk proof v1';

/** The one connection that a proof is good for. */
export interface ProofOccasion extends DeviceKeyName, Omit<PskEvidence, 'mac'> {
  readonly clientId: string;
  /** The host that is dialled; case does not matter (RFC 4343). */
  readonly serverName: string;
}

/** The bytes that a proof is made over, each part after its length, so that no two occasions have the same. */
export const proofText = ({ line, serialNumber, clientId, serverName, keyVersion, at, counter }: ProofOccasion): Buffer =>
  lengthPrefixed([PURPOSE, line, serialNumber, clientId, serverName.toLowerCase(), String(keyVersion), String(at), String(counter)]);

/** HMAC-SHA-256 under the device's key: 32 bytes. */
export const proofMac = (deviceKey: Uint8Array, occasion: ProofOccasion): Buffer =>
  createHmac('sha256', deviceKey).update(proofText(occasion)).digest();
