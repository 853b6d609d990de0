import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { bytes, keyReference } from '../input-schemas.ts';
import type { KmsKey, MacAlgorithm } from '../key.ts';
import { macAlgorithmOf } from '../key.ts';
import { requireUsable } from '../key-access.ts';

/** What `GenerateMac` and `VerifyMac` both take. */
export const macInput = z.object({
  KeyId: keyReference,
  Message: bytes(1, 4096),
  MacAlgorithm: z.enum(['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']),
  DryRun: z.boolean().default(false),
});

/** The key's algorithm; refuses a key that is not for MACs, or is for another algorithm than the one asked for. */
export const requireMacKey = (key: KmsKey, asked: string): MacAlgorithm => {
  requireUsable(key, 'GENERATE_VERIFY_MAC');
  const algorithm = macAlgorithmOf(key);
  if (algorithm?.name === asked) return algorithm;
  throw new AwsError('InvalidKeyUsageException', `Algorithm ${asked} is incompatible with key spec ${key.keySpec}.`);
};

/** AWS checks everything, then says that it would have succeeded. */
export const refuseDryRun = (isDryRun: boolean): void => {
  if (isDryRun)
    throw new AwsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.', { status: 412 });
};

export const macOf = (key: KmsKey, algorithm: MacAlgorithm, message: Buffer): Buffer =>
  createHmac(algorithm.hash, key.material).update(message).digest();
