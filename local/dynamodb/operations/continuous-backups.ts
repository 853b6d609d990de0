import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import type { TableSettings } from '../table-settings.ts';

const dayMs = 86_400_000;

const input = z.object({
  TableName: z.string(),
  PointInTimeRecoverySpecification: z.object({
    PointInTimeRecoveryEnabled: z.boolean(),
    RecoveryPeriodInDays: z.int().min(1).max(35).default(35),
  }),
});

const describe = ({ pointInTimeRecovery }: TableSettings, nowMs: number): object => {
  if (pointInTimeRecovery === undefined) return { PointInTimeRecoveryStatus: 'DISABLED' };
  const { sinceMs, days } = pointInTimeRecovery;
  return {
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: days,
    EarliestRestorableDateTime: new Date(Math.max(sinceMs, nowMs - days * dayMs)),
    // API Reference: "typically 5 minutes before the current time".
    LatestRestorableDateTime: new Date(Math.max(sinceMs, nowMs - 300_000)),
  };
};

const described = (settings: TableSettings, nowMs: number): object => ({
  ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: describe(settings, nowMs) },
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html; the setting is stored, nothing is backed up. */
export const updateContinuousBackups =
  ({ settings, clock }: DynamoDependencies): Operation =>
  (members) => {
    const { TableName, PointInTimeRecoverySpecification } = parseInput(input, members);
    const table = settings.get(TableName);
    const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } = PointInTimeRecoverySpecification;
    const sinceMs = table.pointInTimeRecovery?.sinceMs ?? clock.now();
    table.pointInTimeRecovery = PointInTimeRecoveryEnabled ? { sinceMs, days: RecoveryPeriodInDays } : undefined;
    return described(table, clock.now());
  };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const describeContinuousBackups =
  ({ settings, clock }: DynamoDependencies): Operation =>
  (members) =>
    described(settings.get(parseInput(z.object({ TableName: z.string() }), members).TableName), clock.now());
