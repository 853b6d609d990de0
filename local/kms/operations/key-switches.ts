import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { keyReference } from '../input-schemas.ts';
import type { KmsKey } from '../key.ts';
import { requireNotPendingDeletion } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const change =
  (apply: (key: KmsKey) => void) =>
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const key = keys.resolve(parseInput(z.object({ KeyId: keyReference }), members).KeyId);
    requireNotPendingDeletion(key);
    apply(key);
    return undefined;
  };

const requireRotatable = (key: KmsKey): void => {
  if (key.keySpec === 'SYMMETRIC_DEFAULT') return;
  throw new AwsError('UnsupportedOperationException', `${key.arn} key spec is ${key.keySpec}, which has no automatic rotation.`);
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = change((key) => {
  key.state = 'Enabled';
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = change((key) => {
  key.state = 'Disabled';
});

const rotationInput = z.object({ KeyId: keyReference, RotationPeriodInDays: z.int().min(90).max(2560).default(365) });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html; the setting is stored, nothing rotates. */
export const enableKeyRotation =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, RotationPeriodInDays } = parseInput(rotationInput, members);
    const key = keys.resolve(KeyId);
    requireNotPendingDeletion(key);
    requireRotatable(key);
    if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`);
    key.rotationPeriodInDays = RotationPeriodInDays;
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = change((key) => {
  requireRotatable(key);
  key.rotationPeriodInDays = undefined;
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const key = keys.resolve(parseInput(z.object({ KeyId: keyReference }), members).KeyId);
    const { rotationPeriodInDays: RotationPeriodInDays } = key;
    return { KeyId: key.arn, KeyRotationEnabled: RotationPeriodInDays !== undefined, RotationPeriodInDays };
  };
