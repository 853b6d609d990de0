import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { IotConnection, IotMessage } from '../../../../local/iot/connection.ts';
import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
let requests: { readonly connection: IotConnection; readonly message: IotMessage }[];
beforeEach(async () => {
  broker = await TestBroker.start();
  requests = [];
  broker.reservedTopics.push({
    accepts: (topic) => topic === '$aws/certificates/create/json',
    answersOn: (filter) => /^\$aws\/certificates\/create\/(json|\+)\/(accepted|rejected|\+)$/.test(filter),
    handle: (connection, message) => {
      requests.push({ connection, message });
      return message.payload.toString() === 'throw' ? Promise.reject(new Error('broken')) : Promise.resolve();
    },
  });
});
afterEach(() => broker.stop());

const accepted = '$aws/certificates/create/json/accepted';
const answer = { topic: accepted, payload: Buffer.from('{}'), qos: 1, retain: false } as const;

const requester = async (clientId: string, filter = accepted) => {
  const client = await (await broker.open(5)).enter({ clientId });
  await client.subscribe(filter);
  client.send({
    cmd: 'publish',
    topic: '$aws/certificates/create/json',
    payload: clientId,
    qos: 1,
    messageId: 3,
    dup: false,
    retain: false,
  });
  expect(await client.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0 });
  return client;
};

const answerFirst = async (): Promise<void> => {
  const connection = requests[0]?.connection;
  if (connection === undefined) throw new Error('no request came');
  await broker.running.broker.respond(connection, answer);
};

describe('a service behind reserved topics', () => {
  test('gets requests with the connection that they came on, acknowledged at once', async () => {
    await requester('asks');
    expect(requests).toMatchObject([
      {
        connection: { clientId: 'asks', principalId: broker.certificateId, protocolVersion: 5 },
        message: { payload: Buffer.from('asks') },
      },
    ]);
  });

  test('answers the connection that asked and no other', async () => {
    const first = await requester('first');
    const second = await requester('second');
    await answerFirst();
    expect((await first.settle()).slice(2)).toMatchObject([{ cmd: 'publish', topic: accepted, qos: 1 }]);
    expect(await second.settle()).toHaveLength(2);
  });

  test('answers through a wildcard that covers the topic', async () => {
    const client = await requester('wild', '$aws/certificates/create/+/accepted');
    await answerFirst();
    expect((await client.settle()).slice(2)).toMatchObject([{ topic: accepted }]);
  });

  test('is not heard by a client that did not subscribe', async () => {
    const client = await requester('deaf', '$aws/certificates/create/json/rejected');
    await answerFirst();
    expect(await client.settle()).toHaveLength(2);
  });

  test('is not heard by a client that may not receive', async () => {
    broker.authorizer.deny('iot:Receive', accepted);
    const client = await requester('forbidden');
    await answerFirst();
    expect(await client.settle()).toHaveLength(2);
  });

  test('does not answer the successor of the connection that asked', async () => {
    await requester('same');
    const successor = await (await broker.open(5)).enter({ clientId: 'same' });
    await successor.subscribe(accepted);
    await answerFirst();
    expect(await successor.settle()).toHaveLength(1);
  });

  test('gets no request that policy denies', async () => {
    broker.authorizer.deny('iot:Publish', '$aws/certificates/create/json');
    const client = await (await broker.open(4)).enter();
    client.send({ cmd: 'publish', topic: '$aws/certificates/create/json', payload: '', qos: 0, dup: false, retain: false });
    await client.closed;
    expect(requests).toEqual([]);
  });

  test('that fails leaves the connection alone and a trace in the log', async () => {
    const client = await requester('throw');
    await client.settle();
    expect(broker.logs).toContainEqual(expect.objectContaining({ status: 'Failure', details: 'Error: broken' }));
  });
});

describe('the service side', () => {
  test('ends a connection by client id, as DeleteConnection does', async () => {
    const client = await (await broker.open(5)).enter();
    broker.running.broker.disconnect({ clientId: 'raw' }, 'API_INITIATED_DISCONNECT');
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x98 }]);
    expect(broker.events('presence/disconnected')).toMatchObject([
      { disconnectReason: 'API_INITIATED_DISCONNECT', clientInitiatedDisconnect: false },
    ]);
    expect(broker.running.broker.isConnected('raw')).toBe(false);
  });

  test('ends the connections of a certificate that left ACTIVE, after a while', async () => {
    const client = await (await broker.open(5)).enter({ keepalive: 1200 });
    broker.directory.failures.set(broker.certificateId, 'DEVICE_CERTIFICATE_INACTIVE');
    broker.running.broker.disconnect({ principalId: broker.certificateId }, 'AUTH_ERROR');
    broker.clock.advance(119_999);
    expect(broker.running.broker.isConnected('raw')).toBe(true);
    broker.clock.advance(1);
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x87 }]);
    expect(broker.events('presence/disconnected')).toMatchObject([{ disconnectReason: 'AUTH_ERROR' }]);
  });

  test('leaves the connections of a certificate that is active again in time', async () => {
    await (await broker.open(5)).enter({ keepalive: 1200 });
    broker.running.broker.disconnect({ principalId: broker.certificateId }, 'AUTH_ERROR');
    broker.clock.advance(120_000);
    expect(broker.running.broker.isConnected('raw')).toBe(true);
  });

  test('publishes to subscribers and observers', async () => {
    const client = await (await broker.open(4)).enter();
    await client.subscribe('news');
    await broker.running.broker.publish({ topic: 'news', payload: Buffer.from('x'), qos: 0, retain: false });
    expect(await client.take(2)).toMatchObject({ cmd: 'publish', topic: 'news' });
    expect(broker.seen).toContainEqual({ topic: 'news', payload: 'x', publisher: undefined });
  });
});
