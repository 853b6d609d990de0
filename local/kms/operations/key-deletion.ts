import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { keyReference } from '../input-schemas.ts';
import { requireNotPendingDeletion } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const dayMs = 86_400_000;

const scheduleInput = z.object({ KeyId: keyReference, PendingWindowInDays: z.int().min(7).max(30).default(30) });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion =
  ({ keys, clock }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, PendingWindowInDays } = parseInput(scheduleInput, members);
    const key = keys.resolve(KeyId);
    requireNotPendingDeletion(key);
    key.state = 'PendingDeletion';
    key.deletionAtMs = clock.now() + PendingWindowInDays * dayMs;
    return { KeyId: key.arn, DeletionDate: new Date(key.deletionAtMs), KeyState: key.state, PendingWindowInDays };
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html: the key comes back disabled. */
export const cancelKeyDeletion =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const key = keys.resolve(parseInput(z.object({ KeyId: keyReference }), members).KeyId);
    if (key.state !== 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
    key.state = 'Disabled';
    key.deletionAtMs = undefined;
    return { KeyId: key.arn };
  };
