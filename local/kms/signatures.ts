import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { KmsKey, SigningAlgorithm } from './key.ts';

const privateKeyOf = (key: KmsKey): KeyObject => createPrivateKey({ key: key.material, format: 'der', type: 'pkcs8' });

export const publicKeyOf = (key: KmsKey): KeyObject => createPublicKey(privateKeyOf(key));

/** ECDSA in DER (RFC 3279 §2.2.3), as KMS answers it. */
export const signatureOf = (key: KmsKey, { hash }: SigningAlgorithm, message: Buffer): Buffer => sign(hash, message, privateKeyOf(key));

export const isSignature = (key: KmsKey, { hash }: SigningAlgorithm, signed: { readonly message: Buffer; readonly signature: Buffer }) =>
  verify(hash, signed.message, publicKeyOf(key), signed.signature);
