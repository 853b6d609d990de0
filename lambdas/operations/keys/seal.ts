import { createPublicKey, type KeyObject } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { OperationError } from '../../../domain/operation-error.ts';
import { type RecipientJwk, SEAL_ENCRYPTION, sealAlgorithmOf } from '../../../domain/sealing.ts';

/**
 * What encrypts something so that only the holder of the private key can read it: a JWE in compact form (RFC 7516 §7.1).
 * @throws OperationError `ERR_INPUT` where nothing should be sealed to this key.
 */
export const sealerTo = (recipient: RecipientJwk): ((content: unknown) => Promise<string>) => {
  const key = readKey(recipient);
  const alg = key && sealAlgorithmOf(key);
  if (key === undefined || alg === undefined)
    throw new OperationError(
      'ERR_INPUT',
      'recipient: got no key to seal to; allowed is a public key of P-256, P-384, P-521, or RSA from 2,048 bits.',
    );
  return (content) =>
    new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg, enc: SEAL_ENCRYPTION, cty: 'application/json' })
      .encrypt(key);
};

const readKey = (jwk: RecipientJwk): KeyObject | undefined => {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
};
