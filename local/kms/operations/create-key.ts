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

const supportedSpecs = ['SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'] as const;

const supportedSpec = (spec: string): KeySpec => {
  const found = supportedSpecs.find((supported) => supported === spec);
  if (found !== undefined) return found;
  throw new AwsError(
    'UnsupportedOperationException',
    `The local AWS makes no keys of the spec ${spec}; it makes ${supportedSpecs.join(', ')}.`,
  );
};

const usageOf = (spec: KeySpec, asked: string): KeyUsage => {
  const usage = spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : 'GENERATE_VERIFY_MAC';
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
