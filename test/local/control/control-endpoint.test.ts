import { readFileSync } from 'node:fs';
import { CreateThingCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { version } from '../../../local/control/version.ts';
import { RunningAws } from './running-aws.ts';

let local: RunningAws;
beforeAll(async () => {
  local = await RunningAws.start();
});
afterAll(() => local.stop());

test('The control endpoint says that it runs, and what', async () => {
  const { status, body } = await local.control('GET', '/health');
  const { mqtt, https, endpoint } = local.aws;
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ status: 'running', version, accounts: [{ accountId: '123456789012', region: 'us-east-1' }] },
    ports: { http: Number(new URL(endpoint).port), mqtt: mqtt.port, customAuth: mqtt.customAuthPort, https: https.port },
    services: expect.arrayContaining(['iot', 'lambda', 's3']) as unknown,
  });
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  expect(manifest).toMatchObject({ version });
});

describe('The control endpoint refuses', () => {
  test('what it does not have, and lists what it has', async () => {
    const { status, body } = await local.control('GET', '/shoes');
    expect(status).toBe(404);
    expect(body).toMatchObject({ known: expect.arrayContaining([expect.stringContaining('POST /_local/reset')]) as unknown });
  });

  test.each([
    ['no JSON', '{', 'no JSON'],
    ['a fault at no place', { at: 'moon' }, 'at'],
    [
      'an effect that operations do not have',
      { at: 'operation', service: 'iot', effect: { kind: 'kill' } },
      "'latency' | 'throttle' | 'error'",
    ],
    ['a packet that never comes in', { at: 'mqtt', packet: 'connack', direction: 'in', effect: { kind: 'drop' } }, 'connack never goes'],
    [
      'to refuse what goes out',
      { at: 'mqtt', packet: 'puback', direction: 'out', effect: { kind: 'refuse', reasonCode: 151 } },
      'comes in',
    ],
  ])('%s', async (_name, request, says) => {
    expect(await local.control('POST', '/faults', request)).toMatchObject({
      status: 400,
      body: { error: 'ValidationException', message: expect.stringContaining(says) as unknown },
    });
  });

  test.each([
    ['says where it comes from', { origin: 'https://example.com' }],
    ['was sent by a page', { 'sec-fetch-site': 'cross-site' }],
  ])('a request of a browser that %s', async (_name, headers) => {
    expect(await local.control('POST', '/reset', {}, headers)).toMatchObject({ status: 403 });
  });

  test('to move time backwards, and a fault or an account that does not exist', async () => {
    expect(await local.control('POST', '/clock', { advanceMs: -1 })).toMatchObject({ status: 400 });
    expect(await local.control('DELETE', '/faults/none')).toMatchObject({ status: 404 });
    expect(await local.control('POST', '/reset', { account: '000000000000' })).toMatchObject({ status: 404 });
  });
});

describe('Faults over the control endpoint', () => {
  test('are added, strike, are listed with their hits, and cleared', async () => {
    const fault = { at: 'operation', service: 'sts', effect: { kind: 'error', code: 'Unlucky' } };
    const { body } = await local.control('POST', '/faults', fault);
    const { id } = body as { readonly id: string };
    await expect(new STSClient(local.config).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'Unlucky' });
    expect(await local.control('GET', '/faults')).toMatchObject({ body: { faults: [{ id, hits: 1, isSpent: false }] } });
    const { body: log } = await local.control('GET', '/requests?service=sts&failures=true&limit=1');
    expect(log).toMatchObject({ requests: [{ operation: 'GetCallerIdentity', errorCode: 'Unlucky', faultId: id }] });
    expect(await local.control('DELETE', `/faults/${id}`)).toMatchObject({ status: 204 });
    expect(await new STSClient(local.config).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' });
    await local.control('POST', '/faults', fault);
    await local.control('DELETE', '/faults');
    expect(await local.control('GET', '/faults')).toMatchObject({ body: { faults: [] } });
    await local.control('DELETE', '/requests');
    expect(await local.control('GET', '/requests')).toMatchObject({ body: { requests: [] } });
  });
});

describe('Time over the control endpoint', () => {
  test('jumps ahead of the machine’s', async () => {
    const { body } = await local.control('POST', '/clock', { advanceMs: 3_600_000 });
    const { nowMs } = body as { readonly nowMs: number };
    expect(nowMs - Date.now()).toBeGreaterThan(3_599_000);
    expect(local.aws.clock.now()).toBeGreaterThanOrEqual(nowMs);
  });

  test('waits, when asked, until no function runs', async () => {
    expect(await local.control('POST', '/rest')).toEqual({ status: 204, body: undefined });
  });

  test('moves a manual clock, and no clock that cannot be moved', async () => {
    const manual = await RunningAws.start({ clock: new ManualClock(0) });
    const fixed = await RunningAws.start({ clock: { now: () => 0, setTimer: () => ({ cancel: () => undefined }) } });
    try {
      expect(await manual.control('POST', '/clock', { advanceMs: 1000 })).toMatchObject({ body: { nowMs: 1000, isMovable: true } });
      expect(await fixed.control('GET', '/clock')).toMatchObject({ body: { isMovable: false } });
      expect(await fixed.control('POST', '/clock', { advanceMs: 1000 })).toMatchObject({ status: 409 });
    } finally {
      await manual.stop();
      await fixed.stop();
    }
  });
});

const fill = async (): Promise<void> => {
  const dynamodb = new DynamoDBClient(local.config);
  const key = { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }], BillingMode: 'PAY_PER_REQUEST' as const };
  await dynamodb.send(
    new CreateTableCommand({ TableName: 'things', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], ...key }),
  );
  await dynamodb.send(new PutItemCommand({ TableName: 'things', Item: { id: { S: 'one' } } }));
  await new IoTClient(local.config).send(
    new CreateThingCommand({ thingName: 'lamp', attributePayload: { attributes: { colour: 'red' } } }),
  );
  await new S3Client(local.config).send(new CreateBucketCommand({ Bucket: 'shoes' }));
  await new S3Client(local.config).send(new PutObjectCommand({ Bucket: 'shoes', Key: 'left', Body: 'leather' }));
  await new SQSClient(local.config).send(new CreateQueueCommand({ QueueName: 'jobs' }));
  await new SSMClient(local.config).send(new PutParameterCommand({ Name: 'pin', Value: '1234', Type: 'SecureString' }));
};

describe('An account', () => {
  beforeAll(fill);

  test('is exported service by service, secrets left out unless asked for', async () => {
    const { body } = await local.control('GET', '/export');
    expect(body).toMatchObject({
      accounts: {
        '123456789012': {
          dynamodb: [{ name: 'things', items: [{ id: { S: 'one' } }] }],
          iot: { things: [{ thingName: 'lamp', attributes: { colour: 'red' }, principals: [] }] },
          s3: [{ name: 'shoes', objects: [{ key: 'left', bytes: 7 }] }],
          sqs: [{ url: expect.stringContaining('jobs') as unknown }],
          ssm: [{ name: 'pin', value: expect.stringContaining('left out') as unknown }],
        },
      },
    });
    const { body: all } = await local.control('GET', '/export?secrets=true');
    expect(all).toMatchObject({ accounts: { '123456789012': { ssm: [{ name: 'pin', value: '1234' }] } } });
  });

  test('is emptied with its connections cut, while keys, ports and endpoint names stay', async () => {
    const device = await local.identity();
    const client = await local.connect(device);
    const closed = new Promise<void>((resolve) => void client.once('close', resolve));
    expect(await local.control('POST', '/reset')).toMatchObject({ status: 204 });
    await closed;
    expect((await new IoTClient(local.config).send(new ListThingsCommand({}))).things).toEqual([]);
    expect((await new S3Client(local.config).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    expect(local.aws.services.iot.registry.certificates.size).toBe(0);
    await expect(local.connect(device)).rejects.toThrow();
    const successor = await local.connect(await local.identity());
    expect(successor.connected).toBe(true);
  });
});

test('One of several accounts is emptied by its id', async () => {
  const two = await RunningAws.start({ otherAccountIds: ['210987654321'] });
  try {
    const other = two.aws.accounts.get('210987654321');
    if (other === undefined) throw new Error('There is no other account.');
    for (const { credentials } of [two.aws, other]) {
      await new IoTClient({ ...two.config, credentials }).send(new CreateThingCommand({ thingName: 'lamp' }));
    }
    await two.control('POST', '/reset', { account: '210987654321' });
    expect([two.aws.services, other.services].map(({ iot }) => iot.registry.things.size)).toEqual([1, 0]);
    const { body } = await two.control('GET', '/export?account=123456789012');
    expect(Object.keys((body as { readonly accounts: object }).accounts)).toEqual(['123456789012']);
    await two.aws.reset();
    expect(two.aws.services.iot.registry.things.size).toBe(0);
  } finally {
    await two.stop();
  }
});
