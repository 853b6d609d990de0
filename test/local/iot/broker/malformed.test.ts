import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';

import { PacketReader } from '../../../../local/iot/broker/codec.ts';
import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
beforeAll(async () => {
  broker = await TestBroker.start();
});
afterAll(() => broker.stop());

const packets: readonly Packet[] = [
  {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 5,
    clientId: 'fuzz',
    clean: true,
    keepalive: 60,
    will: { topic: 'w', payload: 'x', properties: { willDelayInterval: 3 } },
    properties: { receiveMaximum: 9 },
  },
  {
    cmd: 'publish',
    topic: 'a/b',
    payload: 'x',
    qos: 1,
    messageId: 4,
    dup: false,
    retain: false,
    properties: { contentType: 'c', topicAlias: 2 },
  },
  { cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: 'a/#', qos: 1, nl: false, rap: false, rh: 0 }] },
  { cmd: 'unsubscribe', messageId: 6, unsubscriptions: ['a/#'] },
  { cmd: 'puback', messageId: 7, reasonCode: 0 },
  { cmd: 'disconnect', reasonCode: 0 },
];
const encoded = packets.map((packet) => generate(packet, { protocolVersion: 5 }));

/** A good packet with a few bytes overwritten and its end maybe cut off. */
const damaged = fc
  .tuple(fc.constantFrom(...encoded), fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 4 }), fc.nat(70))
  .map(([bytes, changes, length]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
    return copy.subarray(0, Math.max(1, length));
  });

test('no bytes make the reader throw, and it reports what is malformed once at most', () => {
  fc.assert(
    fc.property(fc.array(damaged, { minLength: 1, maxLength: 4 }), (chunks) => {
      let reports = 0;
      const reader = new PacketReader(
        () => undefined,
        () => {
          reports += 1;
        },
      );
      reader.read(encoded[0] ?? Buffer.alloc(0));
      for (const chunk of chunks) reader.read(chunk);
      expect(reports).toBeLessThanOrEqual(1);
    }),
    { numRuns: 3000 },
  );
});

test('damaged packets harm nobody but their sender', async () => {
  const bystander = await (await broker.open(5)).enter({ clientId: 'bystander' });
  for (const chunks of fc.sample(fc.array(damaged, { minLength: 1, maxLength: 3 }), { numRuns: 60, seed: 20_260_101 })) {
    const client = await (await broker.open(5)).enter({ clientId: 'damaged' });
    for (const chunk of chunks) client.sendBytes(chunk);
    await Promise.race([client.closed, new Promise((resolve) => setTimeout(resolve, 10))]);
    client.cut();
  }
  expect(await bystander.settle()).toHaveLength(1);
  expect(broker.logs.filter(({ disconnectReason }) => disconnectReason === 'SERVER_ERROR')).toEqual([]);
});

test('a property that comes twice is malformed', async () => {
  const client = await (await broker.open(5)).enter({ clientId: 'twice' });
  const contentType = [0x03, 0x00, 0x01, 0x63];
  const body = [0x00, 0x01, 0x74, contentType.length * 2, ...contentType, ...contentType];
  client.sendBytes(Buffer.from([0x30, body.length, ...body]));
  await client.closed;
  expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x81 }]);
});
