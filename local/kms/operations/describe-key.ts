import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { keyReference } from '../input-schemas.ts';
import { keyMetadata } from '../key-metadata.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const input = z.object({ KeyId: keyReference });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey =
  ({ account, keys }: KmsDependencies): Operation =>
  (members) => ({ KeyMetadata: keyMetadata(account, keys.resolve(parseInput(input, members).KeyId)) });
