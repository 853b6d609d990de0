import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createCloudWatchAuditLog } from '../../aws/cloudwatch-audit-log.ts';
import { auditLine } from '../../domain/audit-event.ts';
import { createLogsService } from '../../local/logs/logs-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { anEvent } from '../builders/enrollment.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../local/service-endpoint.ts';

let endpoint: ServiceEndpoint;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  endpoint = await serve(createLogsService({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  client = new CloudWatchLogsClient(endpoint.config);
  await client.send(new CreateLogGroupCommand({ logGroupName: 'audit' }));
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const linesOf = async (logStreamName: string) => {
  const { events = [] } = await client.send(new GetLogEventsCommand({ logGroupName: 'audit', logStreamName, startFromHead: true }));
  return events.map(({ message }) => message);
};

const at = (offsetMs: number) => anEvent({ id: `event-${offsetMs}`, at: testStartMs + offsetMs });

describe('The audit log of a program outside of Lambda', () => {
  test('writes the events that it was told, in the order of their times', async () => {
    const log = createCloudWatchAuditLog(client, 'audit', 'operator/1');
    for (const offset of [2, 0, 1]) log.emit(at(offset));
    await log.flush();
    expect(await linesOf('operator/1')).toEqual([0, 1, 2].map((offset) => auditLine(at(offset))));
  });

  test('writes each event once, and nothing when there is nothing', async () => {
    const log = createCloudWatchAuditLog(client, 'audit', 'operator/2');
    await log.flush();
    log.emit(at(0));
    await log.flush();
    await log.flush();
    log.emit(at(1));
    await log.flush();
    expect(await linesOf('operator/2')).toHaveLength(2);
  });

  test('writes more events than one request takes', async () => {
    const log = createCloudWatchAuditLog(client, 'audit', 'operator/3');
    for (let offset = 0; offset < 2_500; offset += 1) log.emit(at(offset));
    await log.flush();
    const { events = [] } = await client.send(
      new GetLogEventsCommand({ logGroupName: 'audit', logStreamName: 'operator/3', limit: 10_000, startFromHead: true }),
    );
    expect(events).toHaveLength(2_500);
  });

  test('keeps what it could not write', async () => {
    const log = createCloudWatchAuditLog(client, 'missing', 'operator/4');
    log.emit(at(0));
    await expect(log.flush()).rejects.toThrow();
    await client.send(new CreateLogGroupCommand({ logGroupName: 'missing' }));
    await log.flush();
    const { events = [] } = await client.send(new GetLogEventsCommand({ logGroupName: 'missing', logStreamName: 'operator/4' }));
    expect(events).toHaveLength(1);
  });
});
