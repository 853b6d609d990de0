import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { encryptWith } from '../ciphertext.ts';
import { encryptionContext, keyReference } from '../input-schemas.ts';
import { requireUsable } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const input = z.object({
  KeyId: keyReference,
  KeySpec: z.enum(['AES_128', 'AES_256']).optional(),
  NumberOfBytes: z.int().min(1).max(1024).optional(),
  EncryptionContext: encryptionContext,
});

const lengthOf = (wanted: z.output<typeof input>): number => {
  if ((wanted.KeySpec === undefined) === (wanted.NumberOfBytes === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  return wanted.NumberOfBytes ?? (wanted.KeySpec === 'AES_128' ? 16 : 32);
};

const generate = ({ keys }: KmsDependencies, members: unknown) => {
  const wanted = parseInput(input, members);
  const key = keys.resolve(wanted.KeyId);
  requireUsable(key, 'ENCRYPT_DECRYPT');
  const plaintext = randomBytes(lengthOf(wanted));
  return { plaintext, encrypted: { CiphertextBlob: encryptWith(key, plaintext, wanted.EncryptionContext), KeyId: key.arn } };
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey =
  (dependencies: KmsDependencies): Operation =>
  (members) => {
    const { plaintext, encrypted } = generate(dependencies, members);
    return { ...encrypted, Plaintext: plaintext };
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export const generateDataKeyWithoutPlaintext =
  (dependencies: KmsDependencies): Operation =>
  (members) =>
    generate(dependencies, members).encrypted;
