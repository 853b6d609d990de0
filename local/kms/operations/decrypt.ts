import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { decryptWith, keyIdOf } from '../ciphertext.ts';
import { bytes, encryptionContext, keyReference } from '../input-schemas.ts';
import { requireUsable } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const input = z.object({ CiphertextBlob: bytes(1, 6144), KeyId: keyReference.optional(), EncryptionContext: encryptionContext });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { CiphertextBlob, KeyId, EncryptionContext } = parseInput(input, members);
    const key = keys.resolve(keyIdOf(CiphertextBlob));
    if (KeyId !== undefined && keys.resolve(KeyId).keyId !== key.keyId) {
      throw new AwsError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
    }
    requireUsable(key, 'ENCRYPT_DECRYPT');
    return {
      Plaintext: decryptWith(key, CiphertextBlob, EncryptionContext),
      KeyId: key.arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  };
