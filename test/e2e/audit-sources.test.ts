import { tmpdir } from 'node:os';
import { GetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, ListQueuesCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { eventually } from '../../demo/eventually.ts';
import { addressDigestOf } from '../../domain/audit/sources/address-digest.ts';
import { type CertificateId, certificateId } from '../../domain/identifiers.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { auditSearch } from '../../domain/operations/audit-search.ts';
import { TrailWorld } from '../conformance/trail-world.ts';
import { recordOf } from './drivers/audit-log.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { runProgram } from './drivers/program.ts';
import { type Stage, enrollmentOf, openStage } from './drivers/stage.ts';

let stage: Stage;
let person: TestPrincipal;
let auditor: OperationsClient;
let trail: TrailWorld;
let device: Device;
const startedAt = Date.now() - 60_000;
const [dynamoDb, sqs] = [new DynamoDBClient(), new SQSClient()];

beforeAll(async () => {
  stage = await openStage();
  const home = { shared: stage.shared, configuration: stage.fleet.operator.configuration };
  person = await aUser(home, 'auditor');
  auditor = await person.open();
  // As in an account that had a trail before.
  trail = await TrailWorld.open(stage.shared, 'trail-of-the-account');
  await trail.log('of-the-account');
  [device] = (await bringIn(stage, 'sensor', [{ serial: 'ON-RECORD-1' }])) as [Device];
  await eventually('the activation', async () =>
    (await enrollmentOf(stage, 'sensor', 'ON-RECORD-1'))?.state === 'active' ? true : undefined,
  );
}, 120_000);
afterAll(async () => {
  trail.close();
  for (const client of [dynamoDb, sqs]) client.destroy();
  await stage.close();
});

/** What an auditor finds. */
const found = async (wanted: { readonly code?: 'presence.connected' | 'address.shown'; readonly certificateId?: CertificateId }) =>
  (await auditor.call(auditSearch, { since: startedAt, limit: 500, ...wanted })).entries.map(({ event }) => event);

const ofDevice = () => found({ certificateId: z.parse(certificateId, device.certificateId) });

describe('What AWS tells of a device that comes in', () => {
  test('is found beside what Muster decided: by the correlation id, and from there by the certificate', async () => {
    const [granted] = await eventually('the decision', async () => {
      const events = (await ofDevice()).filter(({ code }) => code === 'admission.granted');
      return events.length > 0 ? events : undefined;
    });
    const correlationId = String(granted?.correlationId);
    const attempt = await eventually('the connection under the claim', async () => {
      const events = await recordOf(stage, correlationId);
      return events.some(({ code }) => code === 'presence.disconnected') ? events : undefined;
    });
    expect(attempt.map(({ code }) => code)).toEqual(expect.arrayContaining(['presence.connected', 'admission.granted']));

    const ofCertificate = await eventually('the calls that made it the device’s', async () => {
      const events = await ofDevice();
      return events.some(({ operation }) => operation === 'AttachThingPrincipal') ? events : undefined;
    });
    expect(ofCertificate.map(({ code }) => code)).toEqual(expect.arrayContaining(['admission.granted', 'device.activated', 'aws.called']));
    const calls = ofCertificate.filter(({ code }) => code === 'aws.called');
    expect(new Set(calls.map(({ operation }) => operation))).toEqual(
      new Set(['AttachPolicy', 'AttachThingPrincipal', 'UpdateCertificate']),
    );
    for (const call of calls)
      expect(call).toMatchObject({ actor: { kind: 'service', name: 'iot.amazonaws.com' }, awsService: 'iot.amazonaws.com' });
  }, 60_000);

  test('leaves the address out of the history, and in the table for ninety days', async () => {
    const [connected] = await eventually('the connection', async () => {
      const events = (await found({ code: 'presence.connected' })).filter(({ addressDigest }) => addressDigest !== undefined);
      return events.length > 0 ? events : undefined;
    });
    const Key = { pk: { S: `address#${String(connected?.id)}` }, sk: { S: 'address' } };
    const { Item = {} } = await dynamoDb.send(new GetItemCommand({ TableName: stage.tableName, Key }));
    const address = Item['address']?.S ?? '';
    expect(address).toMatch(/^(?:127\.0\.0\.|::)/);
    expect(addressDigestOf(Buffer.from(Item['salt']?.S ?? '', 'hex'), address)).toBe(connected?.addressDigest);
    expect(Number(Item['expiresAtSeconds']?.N) * 1000).toBeGreaterThan(Date.now() + 89 * 86_400_000);
    expect(JSON.stringify(connected)).not.toContain(address);

    const parameters = ['audit', 'address', String(connected?.id), '--json'];
    const told = await runProgram({ script: 'cli/main.ts', environment: person.environment, directory: tmpdir(), parameters });
    expect({ code: told.code, ...(JSON.parse(told.out) as object) }).toMatchObject({
      code: 0,
      outcome: 'address',
      address,
      isOfEvent: true,
    });
    const shown = await eventually('that somebody was told', async () => {
      const events = (await found({ code: 'address.shown' })).filter(({ resource }) => resource === connected?.id);
      return events.length > 0 ? events : undefined;
    });
    expect(shown).toMatchObject([{ actor: { kind: 'operator', arn: person.arn }, operation: 'audit.address', scope: 'auditor' }]);
  }, 60_000);

  test('is one event in effect, however often and late AWS tells it', async () => {
    const clientId = 'muster-claim-sensor-ToldTwiceAndLate';
    const told = { clientId, principalIdentifier: device.certificateId, sessionIdentifier: 'a', versionNumber: 1, ipAddress: '192.0.2.9' };
    const url = await queueUrl();
    const send = (event: object) => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(event) }));
    const late = { ...told, eventType: 'connected', timestamp: Date.now() - 7_200_000 };
    await send({ ...told, eventType: 'disconnected', timestamp: Date.now(), disconnectReason: 'CONNECTION_LOST' });
    await send(late);
    await send(late);
    const events = await eventually('all three', async () => {
      const all = await recordOf(stage, clientId);
      return all.length === 3 ? all : undefined;
    });
    const byId = Map.groupBy(events, ({ id }) => id);
    expect(byId.size).toBe(2);
    // To the letter, the digest of the address included: what is sealed once need not be sealed again.
    for (const same of byId.values()) expect(new Set(same.map((event) => JSON.stringify(event))).size).toBe(1);
  }, 60_000);
});

const queueUrl = async (): Promise<string> => {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const url = QueueUrls.find((one) => one.includes('SourcesToldQueue'));
  if (url === undefined) throw new Error(`No queue of the sources in ${QueueUrls.join(', ')}`);
  return (await sqs.send(new GetQueueUrlCommand({ QueueName: url.split('/').at(-1) ?? '' }))).QueueUrl ?? '';
};
