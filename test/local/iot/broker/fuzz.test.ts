import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';

import { PacketReader } from '../../../../local/iot/broker/codec.ts';
import type { RawClient } from './raw-client.ts';
import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
let bystander: RawClient;
beforeAll(async () => {
  broker = await TestBroker.start();
  bystander = await (await broker.open(5)).enter({ clientId: 'bystander', keepalive: 1200 });
  await bystander.subscribe('unrelated');
});
afterAll(() => broker.stop());

/** Every kind of packet, with every property that it may carry. */
const packets: readonly Packet[] = [
  {
    ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: 'fuzz', clean: false, keepalive: 60 },
    will: { topic: 'w', payload: 'x', qos: 1, retain: true, properties: { willDelayInterval: 3, userProperties: { a: 'b' } } },
    properties: {
      receiveMaximum: 9,
      topicAliasMaximum: 3,
      sessionExpiryInterval: 9,
      maximumPacketSize: 512,
      requestProblemInformation: true,
    },
  },
  {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: 'fuzz',
    clean: true,
    keepalive: 60,
    username: 'u',
    password: Buffer.from('p'),
  },
  { cmd: 'connack', sessionPresent: false, reasonCode: 0, properties: { maximumQoS: 1 } },
  {
    ...{ cmd: 'publish', topic: 'a/b', payload: 'x', qos: 1, messageId: 4, dup: false, retain: true },
    properties: { contentType: 'c', topicAlias: 2, messageExpiryInterval: 5, responseTopic: 'r', correlationData: Buffer.from('c') },
  },
  {
    cmd: 'publish',
    topic: '',
    payload: 'x',
    qos: 0,
    dup: false,
    retain: false,
    properties: { topicAlias: 2, userProperties: { a: ['1', '2'] } },
  },
  { cmd: 'publish', topic: 't', payload: 'x', qos: 2, messageId: 4, dup: true, retain: false },
  { cmd: 'puback', messageId: 7, reasonCode: 0x87, properties: { reasonString: 'no' } },
  { cmd: 'pubrec', messageId: 7, reasonCode: 0 },
  { cmd: 'pubrel', messageId: 7, reasonCode: 0 },
  { cmd: 'pubcomp', messageId: 7, reasonCode: 0 },
  {
    ...{ cmd: 'subscribe', messageId: 5 },
    subscriptions: [
      { topic: 'a/#', qos: 1, nl: true, rap: true, rh: 1 },
      { topic: '$share/g/a/+', qos: 0, nl: false, rap: false, rh: 2 },
    ],
  },
  { cmd: 'suback', messageId: 5, granted: [0] },
  { cmd: 'unsubscribe', messageId: 6, unsubscriptions: ['a/#', '$share/g/a/+'] },
  { cmd: 'unsuback', messageId: 6, granted: [0] },
  { cmd: 'pingreq' },
  { cmd: 'pingresp' },
  { cmd: 'disconnect', reasonCode: 4, properties: { sessionExpiryInterval: 5 } },
  { cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'm' } },
];
const encoded = [
  ...packets.map((packet) => generate(packet, { protocolVersion: 5 })),
  ...packets.filter(({ cmd }) => cmd !== 'connack' && cmd !== 'auth').map((packet) => generate(packet, { protocolVersion: 4 })),
];

/** A good packet with a few bytes overwritten, some put in or taken out, and its end maybe cut off. */
const damaged = fc
  .record({
    bytes: fc.constantFrom(...encoded),
    changes: fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 4 }),
    inserted: fc.option(fc.tuple(fc.nat(80), fc.uint8Array({ maxLength: 5 })), { nil: undefined }),
    length: fc.option(fc.nat(90), { nil: undefined }),
  })
  .map(({ bytes, changes, inserted, length }) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
    const [at, extra] = inserted ?? [0, new Uint8Array()];
    return Buffer.concat([copy.subarray(0, at), extra, copy.subarray(at)]).subarray(0, length ?? undefined);
  });

const anything = fc.oneof(
  { weight: 5, arbitrary: damaged },
  { weight: 2, arbitrary: fc.constantFrom(...encoded) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);

/** The bytes of several packets, cut where packets do not end. */
const streams = fc
  .tuple(fc.array(anything, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(300), { maxLength: 3 }))
  .map(([parts, cuts]) => {
    const all = Buffer.concat(parts);
    const at = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
    return at.slice(1).map((end, index) => all.subarray(at[index], end));
  });

const asChunks = (...texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text, 'hex'));

/** What once did harm, or nearly so, and what a scanner sends. */
const kept: Buffer[][] = [
  asChunks('00'),
  asChunks('ffffffffff'),
  asChunks('3000'),
  asChunks('300200'),
  asChunks('82020000'),
  asChunks('30ffffff7f'),
  asChunks('1000'),
  asChunks('100c00044d5154540502003c'),
  asChunks('474554202f20485454502f312e310d0a0d0a'),
  asChunks('160301020001000'.padEnd(16, '0')),
  asChunks('3203', '0001', '74'),
  asChunks('e0028105', 'c000'),
  // A CONNECT whose will is cut short takes the next one for its rest, and is followed by a packet that never ends.
  asChunks(
    '103600044d515454052c003c12210009220003110000000927000002001701000466757a7a0c1800000003260001610001620001770000000178103600044d515454052c003c12210009220003110000000927000002001701000466757a7a0c180000000326000161000162000177000178',
  ),
];

/** A packet that was begun and never ends waits for its rest as long as CONNECT may take, or as the longest keep-alive. */
const untilSilenceIsOver = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 3));
  for (let quarter = 0; quarter < 4; quarter += 1) {
    await bystander.settle();
    broker.clock.advance(450_000);
  }
  await bystander.settle();
};

/** True when the broker answers a ping in time or has closed; false when it hangs. */
const isAnsweredOrClosed = async (client: RawClient): Promise<boolean> => {
  client.sendBytes(Buffer.from([0xc0, 0x00]));
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, 2000, false);
  });
  const answered = client.settle().then(
    () => true,
    () => true,
  );
  const isFine = await Promise.race([client.closed.then(() => true), answered, deadline]);
  clearTimeout(timer);
  return isFine;
};

afterEach(async () => {
  expect(broker.logs.filter(({ disconnectReason }) => disconnectReason === 'SERVER_ERROR')).toEqual([]);
  expect((await bystander.settle()).filter(({ cmd }) => cmd === 'publish' || cmd === 'disconnect')).toEqual([]);
});

test('no bytes make the reader throw, and it reports what is malformed once at most', () => {
  fc.assert(
    fc.property(streams, fc.boolean(), (chunks, hasConnected) => {
      let reports = 0;
      const reader = new PacketReader(
        () => undefined,
        () => {
          reports += 1;
        },
      );
      if (hasConnected) reader.read(encoded[1] ?? Buffer.alloc(0));
      for (const chunk of chunks) expect(reader.read(chunk)).toBeLessThanOrEqual(4096);
      expect(reports).toBeLessThanOrEqual(1);
    }),
    { numRuns: 3000, examples: kept.map((chunks): [Buffer[], boolean] => [chunks, true]) },
  );
});

test('any bytes in place of CONNECT are answered or closed', async () => {
  await fc.assert(
    fc.asyncProperty(streams, async (chunks) => {
      const client = await broker.open(5);
      for (const chunk of chunks) client.sendBytes(chunk);
      client.sendBytes(Buffer.alloc(3)); // ends whatever packet was begun with a small length
      await untilSilenceIsOver();
      expect(await isAnsweredOrClosed(client)).toBe(true);
      client.cut();
    }),
    { numRuns: 60, examples: kept.map((chunks): [Buffer[]] => [chunks]) },
  );
}, 60_000);

test('any bytes after CONNECT are answered or closed, and leave nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(streams, fc.constantFrom(4 as const, 5 as const), async (chunks, version) => {
      const client = await (await broker.open(version)).enter({ clientId: 'fuzzed', keepalive: 30 });
      for (const chunk of chunks) client.sendBytes(chunk);
      await untilSilenceIsOver();
      expect(await isAnsweredOrClosed(client)).toBe(true);
      client.cut();
      await broker.until(() => !broker.running.broker.isConnected('fuzzed'));
    }),
    { numRuns: 120, examples: kept.map((chunks): [Buffer[], 4 | 5] => [chunks, 5]) },
  );
}, 120_000);
