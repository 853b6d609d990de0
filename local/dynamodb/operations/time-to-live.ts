import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { DynamoDependencies } from '../dynamodb-dependencies.ts';
import type { TimeToLive } from '../table-settings.ts';

const updateInput = z.object({
  TableName: z.string(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().min(1).max(255), Enabled: z.boolean() }),
});

/** API Reference, UpdateTimeToLive: "it can take up to one hour for the change to fully process; any additional calls for the same table during this one hour duration result in a ValidationException". */
const changeIntervalMs = 3_600_000;

const requireChange = (current: TimeToLive | undefined, isEnabled: boolean, nowMs: number): void => {
  if ((current?.isEnabled ?? false) === isEnabled) {
    throw new AwsError('ValidationException', `TimeToLive is already ${isEnabled ? 'enabled' : 'disabled'}`);
  }
  if (current !== undefined && nowMs < current.modifiedAtMs + changeIntervalMs) {
    throw new AwsError('ValidationException', 'Time to live has been modified multiple times within a fixed interval');
  }
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
export const updateTimeToLive =
  ({ settings, clock }: DynamoDependencies): Operation =>
  (members) => {
    const { TableName, TimeToLiveSpecification } = parseInput(updateInput, members);
    const table = settings.get(TableName);
    const { AttributeName, Enabled } = TimeToLiveSpecification;
    requireChange(table.timeToLive, Enabled, clock.now());
    table.timeToLive = { attributeName: AttributeName, isEnabled: Enabled, modifiedAtMs: clock.now() };
    return { TimeToLiveSpecification };
  };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html */
export const describeTimeToLive =
  ({ settings }: DynamoDependencies): Operation =>
  (members) => {
    const { timeToLive } = settings.get(parseInput(z.object({ TableName: z.string() }), members).TableName);
    if (timeToLive?.isEnabled !== true) return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } };
    return { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attributeName } };
  };
