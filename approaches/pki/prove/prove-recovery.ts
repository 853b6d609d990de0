import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { RecoveryOccasion } from '../../../domain/recovery/recovery-ports.ts';
import { recoveryText, writeRecoveryProof } from '../evidence/recovery-proof.ts';

/** What a device has that comes back: its key, PKCS#8 in PEM, and a ticket. */
export interface RecoveryMeans {
  readonly privateKeyPem: string;
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Proves, over the ticket, that the device holds the key of its certificate: what goes as MQTT password. */
export const proveRecovery = ({ privateKeyPem, ticket, at }: RecoveryMeans, occasion: RecoveryOccasion): string => {
  const privateKey = createPrivateKey(privateKeyPem);
  const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const signature = sign('sha256', recoveryText({ ticket, at }, occasion), privateKey).toString('base64');
  return writeRecoveryProof({ ticket, at, key, signature });
};
