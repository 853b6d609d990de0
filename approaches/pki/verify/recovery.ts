import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import type { RecoveryProofs } from '../../../domain/recovery/recovery-ports.ts';
import { isAcceptableKey } from '../evidence/acceptable-key.ts';
import { readRecoveryProof, recoveryText } from '../evidence/recovery-proof.ts';

/** How proofs are read and checked of devices that come back by a ticket. */
export const recoveryProofs: RecoveryProofs = {
  read: readRecoveryProof,
  signerOf(proof, occasion) {
    const key = publicKeyOf(proof.key);
    if (key === undefined || !isAcceptableKey(key)) return undefined;
    const isSigned = verify('sha256', recoveryText(proof, occasion), key, Buffer.from(proof.signature, 'base64'));
    return isSigned ? keyDigestOf(key.export({ type: 'spki', format: 'der' })) : undefined;
  },
};

const publicKeyOf = (base64: string): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};
