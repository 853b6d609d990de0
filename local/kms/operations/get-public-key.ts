import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { keyReference } from '../input-schemas.ts';
import { signingAlgorithmOf } from '../key.ts';
import { requireUsable } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';
import { publicKeyOf } from '../signatures.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html: SubjectPublicKeyInfo in DER. */
export const getPublicKey =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const key = keys.resolve(parseInput(z.object({ KeyId: keyReference }), members).KeyId);
    const algorithm = signingAlgorithmOf(key);
    if (algorithm === undefined)
      throw new AwsError('UnsupportedOperationException', `${key.arn} key spec is ${key.keySpec}, which has no public key.`);
    requireUsable(key, 'SIGN_VERIFY');
    return {
      KeyId: key.arn,
      PublicKey: publicKeyOf(key).export({ format: 'der', type: 'spki' }),
      ...{ KeySpec: key.keySpec, CustomerMasterKeySpec: key.keySpec, KeyUsage: key.keyUsage },
      SigningAlgorithms: [algorithm.name],
    };
  };
