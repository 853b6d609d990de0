import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(() => broker.stop());

const publishAtQos1 = { cmd: 'publish', topic: 'secret', payload: 'x', qos: 1, messageId: 9, dup: false, retain: false } as const;

describe('a connect that policy denies', () => {
  test('is closed without CONNACK over MQTT 3.1.1', async () => {
    broker.authorizer.deny('iot:Connect', 'raw');
    const client = await broker.open(4);
    client.connect();
    expect(await client.closed).toBe('ended');
    expect(client.received).toEqual([]);
  });

  test('is answered 0x87 over MQTT 5', async () => {
    broker.authorizer.deny('iot:Connect', 'raw');
    const client = await broker.open(5);
    client.connect();
    expect(await client.closed).toBe('ended');
    expect(client.received).toMatchObject([{ cmd: 'connack', reasonCode: 0x87 }]);
  });

  test('is told to the account by a connect_failed event and nothing else', async () => {
    broker.authorizer.deny('iot:Connect', 'raw');
    const client = await broker.open(4);
    client.connect();
    await client.closed;
    expect(broker.seen.map(({ topic }) => topic)).toEqual(['$aws/events/presence/connect_failed/raw']);
    expect(broker.events('presence')).toEqual([
      {
        clientId: 'raw',
        timestamp: broker.clock.now(),
        eventType: 'connect_failed',
        sessionIdentifier: expect.stringMatching(/^[0-9a-f-]{36}$/),
        principalIdentifier: broker.certificateId,
        connectFailureReason: 'AUTHORIZATION_FAILED',
        ipAddress: '127.0.0.1',
      },
    ]);
    expect(broker.logs).toMatchObject([{ eventType: 'Connect', status: 'Failure', reason: 'AUTHORIZATION_FAILURE', clientId: 'raw' }]);
  });

  test('does not disturb the client that holds that client id', async () => {
    await (await broker.open(4)).enter({ clientId: 'holder' });
    broker.authorizer.deny('iot:Connect', 'holder');
    const thief = await broker.open(4);
    thief.connect({ clientId: 'holder' });
    await thief.closed;
    expect(broker.running.broker.isConnected('holder')).toBe(true);
  });

  test.each(['iot:Publish', 'iot:RetainPublish'] as const)('may be denied for its will by %s', async (action) => {
    broker.authorizer.deny(action, 'last/words');
    const client = await broker.open(5);
    client.connect({ will: { topic: 'last/words', payload: 'x', retain: true } });
    await client.closed;
    expect(client.received).toMatchObject([{ cmd: 'connack', reasonCode: 0x87 }]);
    expect(broker.events('presence')).toMatchObject([{ eventType: 'connect_failed' }]);
  });
});

describe('policy is asked at CONNECT', () => {
  test('with the connection as TLS and the registry know it', async () => {
    broker.directory.things.set(broker.certificateId, { thingName: 'thing-1', attributes: {}, isExclusive: true });
    await (await broker.open(4)).enter({ clientId: 'who' });
    expect(broker.authorizer.asked[0]).toEqual({
      subject: {
        certificateId: broker.certificateId,
        clientId: 'who',
        thing: { thingName: 'thing-1', attributes: {}, isExclusive: true },
        sourceIp: '127.0.0.1',
        serverName: 'localhost',
      },
      request: { action: 'iot:Connect', name: 'who', connectAttributes: [] },
    });
  });

  test('about a persistent session and a will by their attributes', async () => {
    await (await broker.open(4)).enter({ clean: false, will: { topic: 'last/words', payload: 'x' } });
    expect(broker.authorizer.asked[0]?.request).toEqual({
      action: 'iot:Connect',
      name: 'raw',
      connectAttributes: ['PersistentConnect', 'LastWill'],
      lastWillTopic: 'last/words',
    });
  });
});

describe('a publish that policy denies', () => {
  beforeEach(() => {
    broker.authorizer.deny('iot:Publish', 'secret');
  });

  test('closes the connection without PUBACK over MQTT 3.1.1', async () => {
    const client = await (await broker.open(4)).enter();
    client.send(publishAtQos1);
    expect(await client.closed).toBe('ended');
    expect(client.received.slice(1)).toEqual([]);
    expect(broker.events('presence/disconnected')).toMatchObject([{ disconnectReason: 'AUTH_ERROR', clientInitiatedDisconnect: false }]);
    expect(broker.seen.some(({ topic }) => topic === 'secret')).toBe(false);
  });

  test('is answered PUBACK 0x87 at QoS 1 over MQTT 5, and the connection stays', async () => {
    const client = await (await broker.open(5)).enter();
    client.send(publishAtQos1);
    expect(await client.take(2)).toMatchObject({ cmd: 'puback', messageId: 9, reasonCode: 0x87 });
    expect(await client.settle()).toHaveLength(2);
  });

  test('is answered DISCONNECT 0x87 at QoS 0 over MQTT 5', async () => {
    const client = await (await broker.open(5)).enter();
    client.send({ cmd: 'publish', topic: 'secret', payload: 'x', qos: 0, dup: false, retain: false });
    expect(await client.closed).toBe('ended');
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x87 }]);
  });

  test('may be denied for RETAIN alone', async () => {
    broker.authorizer.deny('iot:RetainPublish', 'kept');
    const client = await (await broker.open(5)).enter();
    client.send({ ...publishAtQos1, topic: 'kept', retain: true });
    expect(await client.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0x87 });
    client.send({ ...publishAtQos1, topic: 'kept' });
    expect(await client.take(3)).toMatchObject({ cmd: 'puback', reasonCode: 0 });
  });
});

describe('a subscribe that policy denies', () => {
  beforeEach(() => {
    broker.authorizer.deny('iot:Subscribe', 'secret/#');
  });

  test('closes the connection without SUBACK over MQTT 3.1.1', async () => {
    const client = await (await broker.open(4)).enter();
    client.send({
      cmd: 'subscribe',
      messageId: 5,
      subscriptions: [
        { topic: 'open', qos: 0 },
        { topic: 'secret/#', qos: 0 },
      ],
    });
    expect(await client.closed).toBe('ended');
    expect(client.received.slice(1)).toEqual([]);
    expect(broker.events('presence/disconnected')).toMatchObject([{ disconnectReason: 'AUTH_ERROR' }]);
    expect(broker.events('subscriptions')).toEqual([]);
  });

  test('is answered 0x87 for that filter over MQTT 5', async () => {
    const client = await (await broker.open(5)).enter();
    expect(await client.subscribe('open', 'secret/#')).toMatchObject({ granted: [1, 0x87] });
    expect(broker.events('subscriptions/subscribed')).toMatchObject([{ topics: ['open'] }]);
  });
});

describe('a delivery that policy denies', () => {
  test('never happens, and nobody is told', async () => {
    const receiver = await (await broker.open(4)).enter({ clientId: 'receiver' });
    await receiver.subscribe('room/#');
    broker.authorizer.deny('iot:Receive', 'room/closed');
    const sender = await (await broker.open(4)).enter({ clientId: 'sender' });
    await sender.publish('room/closed', 'no', { qos: 1 });
    await sender.publish('room/open', 'yes', { qos: 1 });
    expect((await receiver.settle()).slice(1)).toMatchObject([{ cmd: 'publish', topic: 'room/open' }]);
  });

  test('is judged when it happens, not when it was queued', async () => {
    const client = await (await broker.open(4)).enter({ clean: false });
    await client.subscribe('later');
    client.cut();
    await broker.until(() => !broker.running.broker.isConnected('raw'));
    await broker.running.broker.publish({ topic: 'later', payload: Buffer.from('x'), qos: 1, retain: false });
    broker.authorizer.deny('iot:Receive', 'later');
    const again = await (await broker.open(4)).enter({ clean: false });
    expect(await again.settle()).toHaveLength(1);
  });

  test('holds for retained messages too', async () => {
    const client = await (await broker.open(4)).enter();
    await client.publish('kept', 'x', { retain: true });
    broker.authorizer.deny('iot:Receive', 'kept');
    await client.subscribe('kept');
    expect(await client.settle()).toHaveLength(1);
  });
});
