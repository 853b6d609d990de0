import { readFile } from 'node:fs/promises';
import { paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { CloudWatchClient, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import type { Stage } from './stage.ts';

/** All that the deployment has written since it was made: every log, every record, every metric's name, and the log of AWS IoT. */
export const everythingWritten = async (stage: Stage): Promise<string> =>
  [...(await logged(stage)), ...(await recorded(stage)), ...(await measured()), await iotLog(stage)].join('\n');

const logged = async ({ logs }: Stage): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {})) {
    for (const { logGroupName } of logGroups)
      for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName }))
        lines.push(...events.map(({ message = '' }) => message));
  }
  return lines;
};

const recorded = async ({ tableName }: Stage): Promise<readonly string[]> => {
  const client = new DynamoDBClient();
  const rows: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName }))
    rows.push(...Items.map((item) => JSON.stringify(item)));
  client.destroy();
  return rows;
};

const measured = async (): Promise<readonly string[]> => {
  const client = new CloudWatchClient();
  const names: string[] = [];
  for await (const { Metrics = [] } of paginateListMetrics({ client }, {})) names.push(JSON.stringify(Metrics));
  client.destroy();
  return names;
};

const iotLog = ({ shared }: Stage): Promise<string> =>
  shared.iotLogFile === undefined ? Promise.resolve('') : readFile(shared.iotLogFile, 'utf8');
