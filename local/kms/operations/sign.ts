import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { bytes, keyReference } from '../input-schemas.ts';
import type { KmsKey, SigningAlgorithm } from '../key.ts';
import { signingAlgorithmOf } from '../key.ts';
import { requireUsable } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';
import { isSignature, signatureOf } from '../signatures.ts';
import { refuseDryRun } from './mac-input.ts';

const input = z.object({
  KeyId: keyReference,
  Message: bytes(1, 4096),
  MessageType: z.enum(['RAW', 'DIGEST', 'EXTERNAL_MU']).default('RAW'),
  SigningAlgorithm: z.string(),
  DryRun: z.boolean().default(false),
});

const requireSigningKey = (key: KmsKey, { SigningAlgorithm: asked, MessageType }: z.output<typeof input>): SigningAlgorithm => {
  requireUsable(key, 'SIGN_VERIFY');
  const algorithm = signingAlgorithmOf(key);
  if (algorithm?.name !== asked)
    throw new AwsError('InvalidKeyUsageException', `Algorithm ${asked} is incompatible with key spec ${key.keySpec}.`);
  if (MessageType !== 'RAW')
    throw new AwsError('UnsupportedOperationException', `The local AWS signs messages of the type RAW, not ${MessageType}.`);
  return algorithm;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export const sign =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const asked = parseInput(input, members);
    const key = keys.resolve(asked.KeyId);
    const algorithm = requireSigningKey(key, asked);
    refuseDryRun(asked.DryRun);
    return { KeyId: key.arn, Signature: signatureOf(key, algorithm, asked.Message), SigningAlgorithm: algorithm.name };
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html: a wrong signature is an error, never `SignatureValid: false`. */
export const verify =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const asked = parseInput(input.extend({ Signature: bytes(1, 6144) }), members);
    const key = keys.resolve(asked.KeyId);
    const algorithm = requireSigningKey(key, asked);
    refuseDryRun(asked.DryRun);
    if (!isSignature(key, algorithm, { message: asked.Message, signature: asked.Signature }))
      throw new AwsError('KMSInvalidSignatureException', 'The signature is not valid for the message, key and algorithm.');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: algorithm.name };
  };
