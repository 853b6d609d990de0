import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createCloudWatchAuditReader } from '../../../aws/cloudwatch/audit-reader.ts';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import { auditLine } from '../../../domain/audit-event.ts';
import type { AuditQuery } from '../../../domain/device-ports.ts';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { aSerial } from '../../builders/identifiers.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../../local/service-endpoint.ts';

let endpoint: ServiceEndpoint;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  endpoint = await serve(createLogsService({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  client = new CloudWatchLogsClient(endpoint.config);
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

let groups = 0;

/** A reader of a log group with these lines, a millisecond apart. */
const readerOf = async (...messages: readonly string[]) => {
  groups += 1;
  const logGroupName = `audit-${groups}`;
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }));
  const logEvents = messages.map((message, index) => ({ timestamp: testStartMs + index, message }));
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'one', logEvents }));
  return createCloudWatchAuditReader(client, logGroupName);
};

const all: AuditQuery = { since: 0, where: {} };
const idsOf = ({ entries }: { readonly entries: readonly { readonly event: AuditEvent }[] }) => entries.map(({ event }) => event.id);
const ofSerial = (id: string, serial: string) => auditLine(anEvent({ id, serialNumber: aSerial(serial) }));

describe('The reader of the audit log', () => {
  test('reads every event with the time it was logged at, and nothing else that stands in the group', async () => {
    const event = anEvent({ id: 'one', at: 5 });
    const reader = await readerOf('{"fault":"a stack"}', auditLine(event), 'REPORT RequestId: 1', '{broken');
    expect(await reader.page(all)).toEqual({ entries: [{ loggedAt: testStartMs + 1, event }], unreadable: 0 });
  });

  test('counts what another version wrote', async () => {
    const reader = await readerOf(JSON.stringify({ auditEvent: { ...anEvent(), schemaVersion: 2 } }), auditLine(anEvent()));
    expect(await reader.page(all)).toMatchObject({ entries: [{}], unreadable: 1 });
  });

  test('finds the events that have a value, in any combination', async () => {
    const reader = await readerOf(
      ofSerial('one', 'SN-1'),
      ofSerial('two', 'SN-2'),
      auditLine(anEvent({ id: 'three', serialNumber: aSerial('SN-1'), code: 'device.revoked' })),
    );
    expect(idsOf(await reader.page({ ...all, where: { serialNumber: 'SN-1' } }))).toEqual(['one', 'three']);
    expect(idsOf(await reader.page({ ...all, where: { serialNumber: 'SN-1', code: 'device.revoked' } }))).toEqual(['three']);
  });

  test.each(['SN*', 'a"b', 'a\\b', 'SN-1" || $.auditEvent.id = "*', 'ä✓', '(1) && {2}'])(
    'takes the serial %s for itself and nothing more',
    async (serial) => {
      const reader = await readerOf(ofSerial('wanted', serial), ofSerial('other', 'SN-1'), ofSerial('another', 'axb'));
      expect(idsOf(await reader.page({ ...all, where: { serialNumber: serial } }))).toEqual(['wanted']);
    },
  );

  test('finds what somebody caused, by the whole ARN or its last part, or by the name of a service', async () => {
    const by = (id: string, arn: string) => auditLine(anEvent({ id, actor: { kind: 'operator', arn } }));
    const reader = await readerOf(
      by('ann', 'arn:aws:sts::111122223333:assumed-role/Admin/ann'),
      by('joann', 'arn:aws:sts::111122223333:assumed-role/Admin/joann'),
      auditLine(anEvent({ id: 'sweep', actor: { kind: 'service', name: 'claim-sweep' } })),
    );
    const find = async (actor: string) => idsOf(await reader.page({ ...all, where: { actor } }));
    expect(await find('ann')).toEqual(['ann']);
    expect(await find('arn:aws:sts::111122223333:assumed-role/Admin/joann')).toEqual(['joann']);
    expect(await find('claim-sweep')).toEqual(['sweep']);
    expect(await find('a*n')).toEqual([]);
  });

  test('reads up to a time of the log, which is not included', async () => {
    const reader = await readerOf(...['a', 'b', 'c'].map((id) => auditLine(anEvent({ id }))));
    expect(idsOf(await reader.page({ ...all, until: testStartMs + 2 }))).toEqual(['a', 'b']);
  });

  test('reads from a time of the log on, page by page', async () => {
    const reader = await readerOf(...['a', 'b', 'c', 'd'].map((id) => auditLine(anEvent({ id }))));
    const query = { ...all, since: testStartMs + 1, limit: 2 };
    const first = await reader.page(query);
    expect(idsOf(first)).toEqual(['b', 'c']);
    expect(await reader.page({ ...query, after: first.next })).toMatchObject({ entries: [{ event: { id: 'd' } }] });
  });
});
