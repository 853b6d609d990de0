import type { Packet } from 'mqtt-packet';

import { assumed, documented } from './fact.ts';
import { MqttWorld } from './mqtt-world.ts';
import type { RawClient } from '../local/iot/broker/raw-client.ts';

let world: MqttWorld;
beforeAll(async () => {
  world = await MqttWorld.start();
});
afterAll(() => world.stop());

const guide = 'IoT developer guide, "MQTT"';
const quotas = 'General Reference, "AWS IoT Core message broker and protocol limits"';

const payloadsOf = (packets: readonly Packet[]): readonly string[] =>
  packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet.payload.toString()] : []));

const isConnected = (clientId: string): boolean => world.aws.services.iot.broker.isConnected(clientId);

const persistent = { 4: { clean: false }, 5: { clean: false, properties: { sessionExpiryInterval: 3600 } } } as const;

/** A client with a persistent session and that subscription, gone again. */
const leave = async (version: 4 | 5, filter: string): Promise<string> => {
  const clientId = world.unique();
  const client = await world.enter(version, { clientId, ...persistent[version] });
  await client.subscribe(filter);
  client.send({ cmd: 'disconnect', reasonCode: 0 });
  await client.closed;
  await world.until(() => !isConnected(clientId));
  world.clock.advance(1000);
  return clientId;
};

const send = async (topic: string, payloads: readonly string[], sender?: RawClient): Promise<void> => {
  const publisher = sender ?? (await world.enter(4));
  for (const payload of payloads) publisher.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 7, dup: false, retain: false });
  await publisher.settle();
};

describe('A persistent session', () => {
  documented(guide, 'keeps subscriptions and QoS 1 messages for its client', async () => {
    for (const version of [4, 5] as const) {
      const topic = world.unique();
      const clientId = await leave(version, topic);
      await send(topic, ['kept']);
      const again = await world.open(version);
      again.connect({ clientId, ...persistent[version] });
      expect(await again.take(1)).toMatchObject({ sessionPresent: true });
      expect(payloadsOf(await again.settle())).toEqual(['kept']);
    }
  });

  documented(guide, 'cannot be resumed over the other protocol version', async () => {
    const clientId = await leave(4, world.unique());
    const again = await world.open(5);
    again.connect({ clientId, ...persistent[5] });
    expect(await again.take(1)).toMatchObject({ sessionPresent: false });
  });

  documented(guide, 'hands out stored messages ten by the second, along with current ones', async () => {
    const topic = world.unique();
    const clientId = await leave(4, topic);
    await send(
      topic,
      Array.from({ length: 12 }, (_, index) => `old-${index}`),
    );
    const again = await world.enter(4, { clientId, clean: false });
    expect(payloadsOf(await again.settle())).toHaveLength(10);
    await send(topic, ['new']);
    expect(payloadsOf(await again.settle())).toContain('new');
    world.clock.advance(1000);
    expect(payloadsOf(await again.settle())).toHaveLength(13);
  });

  documented(quotas, 'ends an hour after its client went', async () => {
    const clientId = await leave(4, world.unique());
    world.clock.advance(3_600_000);
    const again = await world.open(4);
    again.connect({ clientId, clean: false });
    expect(await again.take(1)).toMatchObject({ sessionPresent: false });
  });

  documented(guide, 'drops a message whose Message Expiry Interval is over', async () => {
    const topic = world.unique();
    const clientId = await leave(5, topic);
    const sender = await world.enter(5);
    const properties = { messageExpiryInterval: 5 };
    sender.send({ cmd: 'publish', topic, payload: 'x', qos: 1, messageId: 3, dup: false, retain: false, properties });
    await sender.settle();
    world.clock.advance(5000);
    expect(payloadsOf(await (await world.enter(5, { clientId, ...persistent[5] })).settle())).toEqual([]);
  });

  assumed('mqtt.session.stored-messages', 'stores no more than its limit', async () => {
    const small = await MqttWorld.start({ iotBehaviour: { 'mqtt.session.stored-messages': 3 } });
    try {
      const client = await small.enter(4, { clientId: 'small', clean: false });
      await client.subscribe('t');
      client.cut();
      await small.until(() => !small.aws.services.iot.broker.isConnected('small'));
      const sender = await small.enter(4);
      for (const payload of ['1', '2', '3', '4'])
        sender.send({ cmd: 'publish', topic: 't', payload, qos: 1, messageId: 7, dup: false, retain: false });
      await sender.settle();
      small.clock.advance(1000);
      expect(payloadsOf(await (await small.enter(4, { clientId: 'small', clean: false })).settle())).toEqual(['1', '2', '3']);
    } finally {
      await small.stop();
    }
  });
});

describe('A QoS 1 message that is not acknowledged', () => {
  assumed('mqtt.message.redelivery-interval-ms', 'comes again after 30 seconds, without DUP', async () => {
    const topic = world.unique();
    const client = await world.enter(4, { keepalive: 1200 });
    await client.subscribe(topic);
    await send(topic, ['x']);
    const first = await client.take(2);
    world.clock.advance(29_999);
    expect(payloadsOf(await client.settle())).toEqual(['x']);
    world.clock.advance(1);
    expect(await client.take(client.received.length + 1)).toMatchObject({ cmd: 'publish', dup: false, messageId: first.messageId });
  });

  documented(quotas, 'is given up after an hour', async () => {
    const topic = world.unique();
    const clientId = world.unique();
    const client = await world.enter(4, { clientId, clean: false, keepalive: 1200 });
    await client.subscribe(topic);
    await send(topic, ['x']);
    await client.take(2);
    for (let minute = 0; minute <= 61; minute += 1) {
      world.clock.advance(60_000);
      await client.settle();
    }
    const before = payloadsOf(await client.settle()).length;
    world.clock.advance(120_000);
    expect(payloadsOf(await client.settle())).toHaveLength(before);
  });

  assumed('mqtt.message.redelivery-over-mqtt5', 'comes again over MQTT 5 on a new connection only', async () => {
    const topic = world.unique();
    const clientId = world.unique();
    const client = await world.enter(5, { clientId, keepalive: 1200, ...persistent[5] });
    await client.subscribe(topic);
    await send(topic, ['x']);
    const first = await client.take(2);
    world.clock.advance(90_000);
    expect(payloadsOf(await client.settle())).toEqual(['x']);
    client.cut();
    await world.until(() => !isConnected(clientId));
    const again = await world.enter(5, { clientId, ...persistent[5] });
    expect(await again.take(2)).toMatchObject({ cmd: 'publish', dup: false, messageId: first.messageId });
  });
});

describe('A message', () => {
  assumed('mqtt.message.copies-of-overlapping-subscriptions', 'comes once, however many subscriptions match', async () => {
    const topic = world.unique();
    const client = await world.enter(4);
    await client.subscribe(topic, `${topic}/#`, '+', '#');
    await send(topic, ['x']);
    expect(payloadsOf(await client.settle())).toEqual(['x']);
  });

  assumed('mqtt.message.topic-aliases', 'comes under an alias to a client that takes aliases, eight topics at most', async () => {
    const client = await world.enter(5, { properties: { topicAliasMaximum: 20 } });
    const group = world.unique();
    await client.subscribe(`${group}/#`);
    for (let index = 0; index < 9; index += 1) await send(`${group}/${index}`, ['first']);
    await send(`${group}/0`, ['again']);
    const received = (await client.settle()).filter((packet) => packet.cmd === 'publish');
    expect(received).toHaveLength(10);
    expect(received[7]).toMatchObject({ topic: `${group}/7`, properties: { topicAlias: 8 } });
    expect(received[8]).not.toHaveProperty('properties.topicAlias');
    expect(received[9]).toMatchObject({ topic: '', properties: { topicAlias: 1 } });
  });

  documented(guide, 'carries what is left of its Message Expiry Interval, which is 1 at least', async () => {
    const topic = world.unique();
    const client = await world.enter(5);
    await client.subscribe(topic);
    const properties = { messageExpiryInterval: 0 };
    client.send({ cmd: 'publish', topic, payload: 'x', qos: 0, dup: false, retain: false, properties });
    expect(await client.take(2)).toMatchObject({ properties: { messageExpiryInterval: 1 } });
  });

  documented(guide, 'keeps its properties on their way', async () => {
    const topic = world.unique();
    const client = await world.enter(5);
    await client.subscribe(topic);
    const properties = {
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'answers/here',
      correlationData: Buffer.from('c'),
      userProperties: { a: ['1', '2'], b: '3' },
    };
    client.send({ cmd: 'publish', topic, payload: 'x', qos: 0, dup: false, retain: false, properties });
    expect(await client.take(2)).toMatchObject({ properties });
  });

  documented(guide, 'that is retained comes to a subscription of its very topic only', async () => {
    const topic = world.unique();
    const client = await world.enter(4);
    await client.publish(`${topic}/kept`, 'x', { retain: true });
    await client.subscribe(`${topic}/+`);
    expect(payloadsOf(await client.settle())).toEqual([]);
    await client.subscribe(`${topic}/kept`);
    expect((await client.settle()).at(-1)).toMatchObject({ cmd: 'publish', retain: true });
  });

  documented('IoT developer guide, "AWS IoT Core policy actions"', 'that the client may not receive vanishes', async () => {
    const client = await world.enter(4);
    await client.subscribe('unheard', 'heard');
    await send('unheard', ['no']);
    await send('heard', ['yes']);
    expect(payloadsOf(await client.settle())).toEqual(['yes']);
  });

  assumed('mqtt.message.will-needs-permission-when-published', 'that is a will needs leave when it is published, too', async () => {
    const other = await MqttWorld.start();
    try {
      const watcher = await other.enter(4, { keepalive: 1200 });
      await watcher.subscribe('last/words');
      const device = await other.register([{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }]);
      const client = await (await other.open(4, device)).enter({
        clientId: 'dying',
        keepalive: 1200,
        will: { topic: 'last/words', payload: 'x' },
      });
      await other.forbid(device);
      other.clock.advance(480_000); // policies are cached for seven minutes
      client.cut();
      await other.until(() => !other.aws.services.iot.broker.isConnected('dying'));
      expect(payloadsOf(await watcher.settle())).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  assumed('mqtt.message.unsubscribed-code', 'can be unsubscribed from: UNSUBACK says 0x11 where there was no subscription', async () => {
    const client = await world.enter(5);
    await client.subscribe('t');
    client.send({ cmd: 'unsubscribe', messageId: 6, unsubscriptions: ['t', 'never', 'a/#/b'] });
    expect(await client.take(2)).toMatchObject({ cmd: 'unsuback', granted: [0, 0x11, 0x8f] });
  });
});
