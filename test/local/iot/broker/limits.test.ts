import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(() => broker.stop());

const longTopic = 'x'.repeat(257);
const deepTopic = 'a/b/c/d/e/f/g/h/i';
const publish = { cmd: 'publish', topic: 't', payload: 'x', qos: 1, messageId: 9, dup: false, retain: false } as const;

describe('over MQTT 3.1.1 the connection closes without an answer', () => {
  test.each([
    ['a publish at QoS 2', { ...publish, qos: 2 as const }],
    ['a topic over 256 bytes', { ...publish, topic: longTopic }],
    ['a topic with more than seven slashes', { ...publish, topic: deepTopic }],
    ['a payload over 128 KB', { ...publish, payload: Buffer.alloc(128 * 1024 + 1) }],
    ['a publish on a reserved topic', { ...publish, topic: '$aws/things/x/unknown' }],
    ['a publish on an event topic', { ...publish, topic: '$aws/events/presence/connected/raw' }],
  ])('on %s', async (_, packet) => {
    const client = await (await broker.open(4)).enter();
    client.send(packet);
    expect(await client.closed).toBe('ended');
    expect(client.received.slice(1)).toEqual([]);
    expect(broker.events('presence/disconnected')).toMatchObject([{ disconnectReason: 'CLIENT_ERROR' }]);
  });

  test.each([
    ['a reserved filter', [{ topic: '$aws/certificates/create/json', qos: 0 as const }]],
    ['a shared subscription of no group', [{ topic: '$share//t', qos: 0 as const }]],
    ['QoS 2', [{ topic: 't', qos: 2 as const }]],
    ['nine filters', Array.from({ length: 9 }, (_, index) => ({ topic: `t/${index}`, qos: 0 as const }))],
    ['a filter that is none', [{ topic: 'a/#/b', qos: 0 as const }]],
  ])('on a subscribe with %s', async (_, subscriptions) => {
    const client = await (await broker.open(4)).enter();
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions });
    expect(await client.closed).toBe('ended');
    expect(client.received.slice(1)).toEqual([]);
  });
});

describe('over MQTT 5', () => {
  test.each([
    ['QoS 2', { ...publish, qos: 2 as const }, 0x9b],
    ['a reserved topic', { ...publish, topic: '$aws/things/x/unknown' }, 0x90],
    ['RETAIN on a reserved topic', { ...publish, topic: '$aws/rules/r', retain: true }, 0x90],
    ['a payload over 128 KB', { ...publish, payload: Buffer.alloc(128 * 1024 + 1) }, 0x97],
    ['an alias over 8', { ...publish, properties: { topicAlias: 9 } }, 0x94],
    ['an alias that was never given', { ...publish, topic: '', properties: { topicAlias: 1 } }, 0x94],
    ['a content type over 256 bytes', { ...publish, properties: { contentType: 'x'.repeat(257) } }, undefined],
  ])('a publish with %s is answered by DISCONNECT', async (_, packet, reasonCode) => {
    const client = await (await broker.open(5)).enter();
    client.send(packet);
    if (reasonCode === undefined) {
      expect(await client.take(2)).toMatchObject({ reasonCode: 0x97 });
      return;
    }
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode }]);
  });

  test.each([
    ['over 256 bytes', longTopic],
    ['with more than seven slashes', deepTopic],
    ['with a wildcard', 'a/+'],
  ])('a publish on a topic %s is answered by PUBACK 0x90', async (_, topic) => {
    const client = await (await broker.open(5)).enter();
    client.send({ ...publish, topic });
    expect(await client.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0x90 });
  });

  test('a packet over 146 KB is not even read to its end', async () => {
    const client = await (await broker.open(5)).enter();
    const header = Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]);
    client.sendBytes(Buffer.concat([header, Buffer.alloc(160 * 1024)]));
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x97 }]);
  });

  test('each bad filter of a subscribe is answered by itself', async () => {
    const client = await (await broker.open(5)).enter();
    expect(
      await client.subscribe('fine', '$aws/certificates/create/json', '$share/g+/t', 'a/b+/c', '#/a', deepTopic, longTopic),
    ).toMatchObject({
      granted: [1, 0x8f, 0x8f, 0x8f, 0x8f, 0x8f, 0x8f],
    });
  });

  test('nine filters in one subscribe are over the quota', async () => {
    const client = await (await broker.open(5)).enter();
    const filters = Array.from({ length: 9 }, (_, index) => `t/${index}`);
    expect(await client.subscribe(...filters)).toMatchObject({ granted: filters.map(() => 0x97) });
  });

  test('a subscription identifier is answered by DISCONNECT 0xA1', async () => {
    const client = await (await broker.open(5)).enter();
    const subscriptions = [{ topic: 't', qos: 0 as const, nl: false, rap: false, rh: 0 }];
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions, properties: { subscriptionIdentifier: 1 } });
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0xa1 }]);
  });

  test('the AUTH packet is answered by DISCONNECT 0x82', async () => {
    const client = await (await broker.open(5)).enter();
    client.sendBytes(Buffer.from([0xf0, 0x02, 0x18, 0x00]));
    await client.closed;
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x82 }]);
  });

  test.each([
    ['asks for enhanced authentication', { authenticationMethod: 'SCRAM' }],
    ['takes packets under 512 bytes only', { maximumPacketSize: 511 }],
  ])('a CONNECT that %s is refused', async (_, properties) => {
    const client = await broker.open(5);
    client.connect({ properties });
    await client.closed;
    expect(client.received).toMatchObject([{ cmd: 'connack', reasonCode: 0x80 }]);
  });
});

describe('the fifty-first subscription', () => {
  test.each([
    [4, 0x80],
    [5, 0x97],
  ] as const)('over MQTT version %i is answered with %i, and the fifty stay', async (version, code) => {
    const client = await (await broker.open(version)).enter();
    for (let batch = 0; batch < 10; batch += 1) {
      const filters = Array.from({ length: 5 }, (_, index) => `t/${batch}/${index}`);
      expect(await client.subscribe(...filters)).toMatchObject({ granted: [1, 1, 1, 1, 1] });
    }
    expect(await client.subscribe('one/more', 't/0/0')).toMatchObject({ granted: [code, 1] });
  });
});

test('basic ingest topics may have three more levels, and reach the rules only', async () => {
  const client = await (await broker.open(5)).enter();
  const topic = '$aws/rules/my_rule/a/b/c/d/e/f/g/h';
  client.send({ ...publish, topic });
  expect(await client.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0 });
  expect(broker.seen).toContainEqual({ topic, payload: 'x', publisher: 'raw' });
});
