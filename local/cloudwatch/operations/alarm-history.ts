import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { AlarmDependencies } from '../alarms/alarm-dependencies.ts';
import { alarmTypes, typeNames } from './alarm-types.ts';
import { invalidValueCode } from '../cloudwatch-errors.ts';
import { timestamp } from '../input-schemas.ts';

const input = z.object({
  AlarmName: z.string().optional(),
  AlarmTypes: alarmTypes,
  HistoryItemType: z.enum(['ConfigurationUpdate', 'StateUpdate', 'Action']).optional(),
  StartDate: timestamp.default(0),
  EndDate: timestamp.default(Number.MAX_SAFE_INTEGER),
  MaxRecords: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html; what deleted alarms did is forgotten. */
export const describeAlarmHistory =
  ({ alarms }: AlarmDependencies): Operation =>
  (members) => {
    const wanted = parseInput(input, members, invalidValueCode);
    const oldestFirst = alarms
      .list()
      .filter(({ settings }) => wanted.AlarmName === undefined || settings.name === wanted.AlarmName)
      .flatMap(({ settings, history }) => history.map((item) => ({ ...item, name: settings.name, kind: settings.kind })))
      .filter(({ kind }) => wanted.AlarmTypes.includes(typeNames[kind]))
      .filter(({ type }) => wanted.HistoryItemType === undefined || type === wanted.HistoryItemType)
      .filter(({ timestampMs }) => timestampMs >= wanted.StartDate && timestampMs <= wanted.EndDate)
      .sort((a, b) => a.timestampMs - b.timestampMs);
    const items = wanted.ScanBy === 'TimestampAscending' ? oldestFirst : oldestFirst.reverse();
    const start = Number(wanted.NextToken ?? 0) || 0;
    const end = start + wanted.MaxRecords;
    const page = items.slice(start, end).map(({ name, kind, type, timestampMs, summary, data }) => ({
      ...{ AlarmName: name, AlarmType: typeNames[kind], Timestamp: new Date(timestampMs) },
      ...{ HistoryItemType: type, HistorySummary: summary, HistoryData: data },
    }));
    return { AlarmHistoryItems: page, ...(end < items.length ? { NextToken: String(end) } : {}) };
  };
