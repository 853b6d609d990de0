import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { encryptWith } from '../ciphertext.ts';
import { bytes, encryptionContext, keyReference } from '../input-schemas.ts';
import { requireUsable } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const input = z.object({ KeyId: keyReference, Plaintext: bytes(1, 4096), EncryptionContext: encryptionContext });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, Plaintext, EncryptionContext } = parseInput(input, members);
    const key = keys.resolve(KeyId);
    requireUsable(key, 'ENCRYPT_DECRYPT');
    return {
      CiphertextBlob: encryptWith(key, Plaintext, EncryptionContext),
      KeyId: key.arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  };
