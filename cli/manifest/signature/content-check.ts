import { createPublicKey, createVerify, verify } from 'node:crypto';
import type { PublicJwk } from '../../../domain/manufacturer.ts';
import { CommandError } from '../../command-error.ts';
import { type SignatureAlgorithm, hashes, signatureOptions } from './algorithms.ts';

/** Takes what was signed, piece by piece, and says at the end whether the signature is right. */
export interface ContentCheck {
  update(bytes: Uint8Array): void;
  isRight(): boolean;
}

export interface Signed {
  readonly algorithm: SignatureAlgorithm;
  readonly jwk: PublicJwk;
  readonly signature: Uint8Array;
}

/** Ed25519 needs all of the message at once (RFC 8032 §5.1.7); more than this is not held in memory for it. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

export const checkContent = (signed: Signed): ContentCheck => {
  const hash = hashes[signed.algorithm];
  return hash === undefined ? checkWhole(signed) : checkStreaming(signed, hash);
};

const keyOf = ({ jwk, algorithm }: Signed) => ({ key: createPublicKey({ key: jwk, format: 'jwk' }), ...signatureOptions[algorithm] });

const checkStreaming = (signed: Signed, hash: string): ContentCheck => {
  const verifier = createVerify(hash);
  return {
    update: (bytes) => {
      verifier.update(bytes);
    },
    isRight: () => verifier.verify(keyOf(signed), signed.signature),
  };
};

const checkWhole = (signed: Signed): ContentCheck => {
  const held: Uint8Array[] = [];
  let length = 0;
  return {
    update: (bytes) => {
      length += bytes.byteLength;
      if (length > MAX_HELD_BYTES)
        throw new CommandError(
          'The manifest is signed with EdDSA and larger than 64 MiB; have it signed with ES256, ES384, PS256 or RS256.',
        );
      held.push(bytes);
    },
    isRight: () => verify(undefined, Buffer.concat(held), keyOf(signed), signed.signature),
  };
};
