import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Packet } from 'mqtt-packet';

import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(() => broker.stop());

const topicsOf = (packets: readonly Packet[]): readonly string[] =>
  packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet.topic] : []));

describe('a message', () => {
  test('reaches subscribers of both protocol versions, and the observers', async () => {
    const three = await (await broker.open(4)).enter({ clientId: 'three' });
    const five = await (await broker.open(5)).enter({ clientId: 'five' });
    await three.subscribe('room/+/light');
    await five.subscribe('room/1/light');
    await five.publish('room/1/light', 'on', { qos: 1 });
    expect(await three.take(2)).toMatchObject({ cmd: 'publish', topic: 'room/1/light', qos: 1, retain: false });
    expect(topicsOf(await five.settle())).toEqual(['room/1/light']);
    expect(broker.seen).toContainEqual({ topic: 'room/1/light', payload: 'on', publisher: 'five' });
  });

  test('comes once, however many subscriptions of a client match', async () => {
    const client = await (await broker.open(4)).enter();
    await client.subscribe('a/#', 'a/+', 'a/b');
    await client.publish('a/b', 'x', { qos: 1 });
    expect(topicsOf(await client.settle())).toEqual(['a/b']);
  });

  test('on a level does not match the filter of what lies below it, as AWS reads `#`', async () => {
    const client = await (await broker.open(4)).enter();
    await client.subscribe('sensor/#');
    await client.publish('sensor', 'x');
    await client.publish('sensor/1', 'x');
    expect(topicsOf(await client.settle())).toEqual(['sensor/1']);
  });

  test('keeps its MQTT 5 properties, and what is left of its life', async () => {
    const client = await (await broker.open(5)).enter();
    await client.subscribe('t');
    const properties = { contentType: 'text/plain', responseTopic: 'r', correlationData: Buffer.from('c'), userProperties: { a: 'b' } };
    client.send({
      cmd: 'publish',
      topic: 't',
      payload: 'x',
      qos: 0,
      dup: false,
      retain: false,
      properties: { ...properties, messageExpiryInterval: 60 },
    });
    expect(await client.take(2)).toMatchObject({ properties: { ...properties, messageExpiryInterval: 60 } });
  });

  test('may be published by an alias', async () => {
    const client = await (await broker.open(5)).enter();
    await client.subscribe('long/topic');
    const publish = { cmd: 'publish', payload: 'x', qos: 0, dup: false, retain: false, properties: { topicAlias: 8 } } as const;
    client.send({ ...publish, topic: 'long/topic' });
    client.send({ ...publish, topic: '' });
    expect(topicsOf(await client.settle())).toEqual(['long/topic', 'long/topic']);
  });

  test('does not return to a publisher that asked for no local', async () => {
    const client = await (await broker.open(5)).enter();
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: 't', qos: 0, nl: true, rap: false, rh: 0 }] });
    await client.publish('t', 'x');
    expect(topicsOf(await client.settle())).toEqual([]);
  });

  test('waits when a hundred are unacknowledged', async () => {
    const client = await (await broker.open(4)).enter();
    await client.subscribe('t');
    for (let count = 0; count < 101; count += 1)
      await broker.running.broker.publish({ topic: 't', payload: Buffer.from('x'), qos: 1, retain: false });
    const received = await client.settle();
    expect(topicsOf(received)).toHaveLength(100);
    client.send({ cmd: 'puback', messageId: received[1]?.messageId ?? 0 });
    expect(topicsOf(await client.settle())).toHaveLength(101);
  });

  test('no longer comes after UNSUBSCRIBE, which the account is told of', async () => {
    const client = await (await broker.open(5)).enter();
    await client.subscribe('t');
    client.send({ cmd: 'unsubscribe', messageId: 6, unsubscriptions: ['t', 'never'] });
    expect(await client.take(2)).toMatchObject({ cmd: 'unsuback', granted: [0, 0x11] });
    await client.publish('t', 'x');
    expect(topicsOf(await client.settle())).toEqual([]);
    expect(broker.events('subscriptions/unsubscribed')).toMatchObject([{ clientId: 'raw', topics: ['t'] }]);
  });
});

describe('a retained message', () => {
  test('comes with a subscription to its very topic, marked as retained', async () => {
    const client = await (await broker.open(4)).enter();
    await client.publish('kept', 'old', { retain: true });
    await client.publish('kept', 'new', { retain: true });
    await client.subscribe('kept');
    expect((await client.settle()).slice(1)).toMatchObject([{ cmd: 'publish', retain: true, payload: Buffer.from('new') }]);
  });

  test('does not come with a wildcard subscription', async () => {
    const client = await (await broker.open(4)).enter();
    await client.publish('kept/1', 'x', { retain: true });
    await client.subscribe('kept/+', '#');
    expect(topicsOf(await client.settle())).toEqual([]);
  });

  test('is forgotten when an empty one follows', async () => {
    const client = await (await broker.open(4)).enter();
    await client.publish('kept', 'x', { retain: true });
    await client.publish('kept', '', { retain: true });
    await client.subscribe('kept');
    expect(topicsOf(await client.settle())).toEqual([]);
  });
});

describe('a persistent session', () => {
  const leave = async (version: 4 | 5, connect: object): Promise<void> => {
    const client = await (await broker.open(version)).enter(connect);
    await client.subscribe('mail');
    client.send({ cmd: 'disconnect', reasonCode: 0 });
    await client.closed;
  };
  const mail = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await broker.running.broker.publish({ topic: 'mail', payload: Buffer.from(String(index)), qos: 1, retain: false });
    }
  };

  test.each([
    [4, { clean: false }],
    [5, { clean: false, properties: { sessionExpiryInterval: 600 } }],
  ] as const)('of MQTT version %i keeps subscriptions and QoS 1 messages for its client', async (version, connect) => {
    await leave(version, connect);
    await mail(1);
    await broker.running.broker.publish({ topic: 'mail', payload: Buffer.from('lost'), qos: 0, retain: false });
    const again = await broker.open(version);
    again.connect(connect);
    expect(await again.take(1)).toMatchObject({ sessionPresent: true });
    expect((await again.settle()).slice(1)).toMatchObject([{ cmd: 'publish', payload: Buffer.from('0'), dup: false }]);
  });

  test('hands out stored messages ten by the second', async () => {
    await leave(4, { clean: false });
    await mail(25);
    const again = await (await broker.open(4)).enter({ clean: false });
    expect(topicsOf(await again.settle())).toHaveLength(10);
    broker.clock.advance(1000);
    expect(topicsOf(await again.settle())).toHaveLength(20);
    broker.clock.advance(1000);
    expect(topicsOf(await again.settle())).toHaveLength(25);
  });

  test('sends again what was never acknowledged, under its packet id and without DUP, which AWS does not know', async () => {
    const client = await (await broker.open(4)).enter({ clean: false });
    await client.subscribe('mail');
    await mail(1);
    const first = await client.take(2);
    expect(first).toMatchObject({ cmd: 'publish', dup: false });
    client.cut();
    await broker.until(() => !broker.running.broker.isConnected('raw'));
    const again = await (await broker.open(4)).enter({ clean: false });
    expect(await again.take(2)).toMatchObject({ cmd: 'publish', dup: false, messageId: first.messageId });
  });

  test('drops a message whose own life is over', async () => {
    await leave(4, { clean: false });
    const sender = await (await broker.open(5)).enter({ clientId: 'sender' });
    sender.send({
      cmd: 'publish',
      topic: 'mail',
      payload: 'x',
      qos: 1,
      messageId: 3,
      dup: false,
      retain: false,
      properties: { messageExpiryInterval: 5 },
    });
    await sender.take(2);
    broker.clock.advance(5000);
    const again = await (await broker.open(4)).enter({ clean: false });
    expect(topicsOf(await again.settle())).toEqual([]);
  });

  test('ends an hour after its client went', async () => {
    await leave(4, { clean: false });
    broker.clock.advance(3_600_000);
    const again = await broker.open(4);
    again.connect({ clean: false });
    expect(await again.take(1)).toMatchObject({ sessionPresent: false });
  });

  test('is given up by a clean start', async () => {
    await leave(4, { clean: false });
    await mail(1);
    const again = await broker.open(4);
    again.connect({ clean: true });
    expect(await again.take(1)).toMatchObject({ sessionPresent: false });
    expect(topicsOf(await again.settle())).toEqual([]);
  });

  test('cannot be asked for at DISCONNECT alone', async () => {
    const client = await (await broker.open(5)).enter();
    client.send({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 60 } });
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x82 }]);
  });
});

describe('a will', () => {
  const will = { topic: 'last/words', payload: 'gone' };
  const isPublished = (): boolean => broker.seen.some(({ topic }) => topic === 'last/words');

  test('is published when the line is cut', async () => {
    const client = await (await broker.open(4)).enter({ will });
    client.cut();
    await broker.until(isPublished);
    expect(broker.events('presence/disconnected')).toMatchObject([{ disconnectReason: 'CONNECTION_LOST' }]);
  });

  test('is not published after a goodbye', async () => {
    const client = await (await broker.open(4)).enter({ will });
    client.send({ cmd: 'disconnect' });
    await client.closed;
    expect(isPublished()).toBe(false);
  });

  test('is published after a goodbye that asks for it', async () => {
    const client = await (await broker.open(5)).enter({ will });
    client.send({ cmd: 'disconnect', reasonCode: 4 });
    await client.closed;
    expect(isPublished()).toBe(true);
  });

  test('is published when another connection takes the client id', async () => {
    await (await broker.open(4)).enter({ will });
    await (await broker.open(4)).enter();
    expect(isPublished()).toBe(true);
  });

  test('is not published when policy has changed its mind since', async () => {
    const client = await (await broker.open(4)).enter({ will });
    broker.authorizer.deny('iot:Publish', 'last/words');
    client.cut();
    await broker.until(() => !broker.running.broker.isConnected('raw'));
    expect(isPublished()).toBe(false);
  });

  test('waits for its delay, and is taken back by a client that returns', async () => {
    const connect = { clean: false, will: { ...will, properties: { willDelayInterval: 60 } }, properties: { sessionExpiryInterval: 600 } };
    const client = await (await broker.open(5)).enter(connect);
    client.cut();
    await broker.until(() => !broker.running.broker.isConnected('raw'));
    broker.clock.advance(59_999);
    expect(isPublished()).toBe(false);
    const again = await (await broker.open(5)).enter(connect);
    broker.clock.advance(1000);
    expect(isPublished()).toBe(false);
    again.cut();
    await broker.until(() => !broker.running.broker.isConnected('raw'));
    broker.clock.advance(60_000);
    expect(isPublished()).toBe(true);
  });

  test('that still waits is due when a clean start ends its session', async () => {
    const connect = { clean: false, will: { ...will, properties: { willDelayInterval: 60 } }, properties: { sessionExpiryInterval: 600 } };
    const client = await (await broker.open(5)).enter(connect);
    client.cut();
    await broker.until(() => !broker.running.broker.isConnected('raw'));
    expect(isPublished()).toBe(false);
    await (await broker.open(5)).enter({ clean: true });
    expect(isPublished()).toBe(true);
  });
});
