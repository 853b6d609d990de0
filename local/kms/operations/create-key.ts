import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { tagList } from '../input-schemas.ts';
import type { KeySpec, KeyUsage } from '../key.ts';
import { keyMetadata } from '../key-metadata.ts';
import { defaultKeyPolicy, requireValidKeyPolicy } from '../key-policy.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const input = z.object({
  Description: z.string().max(8192).default(''),
  KeySpec: z.string().optional(),
  CustomerMasterKeySpec: z.string().optional(),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'SIGN_VERIFY', 'KEY_AGREEMENT']).default('ENCRYPT_DECRYPT'),
  Origin: z.literal('AWS_KMS').default('AWS_KMS'),
  MultiRegion: z.boolean().default(false),
  Policy: z.string().min(1).optional(),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
  Tags: tagList,
});

/** Each spec with the one usage that the local AWS has for it. */
const usages: Readonly<Record<KeySpec, KeyUsage>> = {
  SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT',
  ...{ HMAC_224: 'GENERATE_VERIFY_MAC', HMAC_256: 'GENERATE_VERIFY_MAC', HMAC_384: 'GENERATE_VERIFY_MAC', HMAC_512: 'GENERATE_VERIFY_MAC' },
  ...{ ECC_NIST_P256: 'SIGN_VERIFY', ECC_NIST_P384: 'SIGN_VERIFY', ECC_NIST_P521: 'SIGN_VERIFY' },
};

const isSupported = (spec: string): spec is KeySpec => Object.hasOwn(usages, spec);

const supportedSpec = (spec: string): KeySpec => {
  if (isSupported(spec)) return spec;
  const message = `The local AWS makes no keys of the spec ${spec}; it makes ${Object.keys(usages).join(', ')}.`;
  throw new AwsError('UnsupportedOperationException', message);
};

const usageOf = (spec: KeySpec, asked: string): KeyUsage => {
  const usage = usages[spec];
  if (asked !== usage)
    throw new AwsError(
      'ValidationException',
      `The operation failed because the KeyUsage value of the KMS key is ${asked}. KeySpec ${spec} requires ${usage}.`,
    );
  return usage;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey =
  ({ account, keys }: KmsDependencies): Operation =>
  (members) => {
    const wanted = parseInput(input, members);
    const keySpec = supportedSpec(wanted.KeySpec ?? wanted.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT');
    const policy = wanted.Policy ?? defaultKeyPolicy(account);
    requireValidKeyPolicy(policy, wanted.BypassPolicyLockoutSafetyCheck);
    const key = keys.create({
      keySpec,
      keyUsage: usageOf(keySpec, wanted.KeyUsage),
      description: wanted.Description,
      policy,
      isMultiRegion: wanted.MultiRegion,
      tags: wanted.Tags,
    });
    return { KeyMetadata: keyMetadata(account, key) };
  };
