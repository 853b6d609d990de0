import type { Packet } from 'mqtt-packet';

import type { LocalAwsOptions } from '../../local/main.ts';
import type { RawClient } from '../local/iot/broker/raw-client.ts';
import { assumed, documented } from './fact.ts';
import { MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
beforeAll(async () => {
  world = await MqttWorld.start();
});
afterAll(() => world.stop());

const quotas = 'General Reference, "AWS IoT Core message broker and protocol limits"';

const acknowledged = (packets: readonly Packet[]): readonly (number | undefined)[] =>
  packets.flatMap((packet) => (packet.cmd === 'puback' ? [packet.reasonCode] : []));

const published = (packets: readonly Packet[]): number => packets.filter(({ cmd }) => cmd === 'publish').length;

const flood = (
  client: RawClient,
  count: number,
  packet: { readonly topic?: string; readonly qos?: 0 | 1; readonly retain?: boolean } = {},
): void => {
  for (let index = 0; index < count; index += 1) {
    const { topic = 'flood', qos = 1, retain = false } = packet;
    client.send({ cmd: 'publish', topic, payload: 'x', qos, messageId: index + 1, dup: false, retain });
  }
};

const withOther = async (options: Omit<LocalAwsOptions, 'clock'>, run: (other: MqttWorld) => Promise<void>): Promise<void> => {
  const other = await MqttWorld.start(options);
  try {
    await run(other);
  } finally {
    await other.stop();
  }
};

describe('Connects', () => {
  assumed(
    'mqtt.connect.throttled',
    'of one client id are one a second: the second is closed over 3.1.1 and answered 0x97 over 5',
    async () => {
      for (const version of [4, 5] as const) {
        const clientId = world.unique();
        const first = await world.enter(version, { clientId });
        const second = await world.open(version);
        second.connect({ clientId });
        await second.closed;
        expect(second.received).toMatchObject(version === 5 ? [{ cmd: 'connack', reasonCode: 0x97 }] : []);
        expect(await first.settle()).toHaveLength(1);
        world.clock.advance(1000);
        await world.enter(version, { clientId });
      }
    },
  );

  assumed('mqtt.connection.rate-before-policy', 'that policy denies count, too', async () => {
    const codes: (number | undefined)[] = [];
    for (let count = 0; count < 2; count += 1) {
      const client = await world.open(5);
      client.connect({ clientId: 'denied-twice' });
      await client.closed;
      codes.push(...client.received.flatMap((packet) => (packet.cmd === 'connack' ? [packet.reasonCode] : [])));
    }
    expect(codes).toEqual([0x87, 0x97]);
  });

  documented(quotas, 'of the account have a rate of their own', () =>
    withOther({ iotSettings: { brokerRates: { connects: 2 } } }, async (other) => {
      await other.enter(4);
      await other.enter(4);
      const third = await other.open(4);
      third.connect({ clientId: 'third' });
      expect(await third.closed).toBe('ended');
      other.clock.advance(1000);
      await other.enter(4);
    }),
  );

  documented(quotas, 'of one client id may come at once where quotas are switched off', () =>
    withOther({ iotSettings: { brokerRates: 'off' } }, async (other) => {
      await other.enter(4, { clientId: 'same' });
      await other.enter(4, { clientId: 'same' });
    }),
  );
});

describe('Publishes', () => {
  assumed(
    'mqtt.publish.throttled',
    'over a hundred a second are discarded: no PUBACK over 3.1.1, 0x97 over 5, and the connection stays',
    async () => {
      const three = await world.enter(4);
      flood(three, 103);
      expect(acknowledged(await three.settle())).toHaveLength(100);
      const five = await world.enter(5);
      flood(five, 103);
      expect(acknowledged(await five.settle()).filter((code) => code === 0x97)).toHaveLength(3);
      flood(five, 1, { qos: 0 });
      world.clock.advance(1000);
      flood(five, 1);
      expect(acknowledged(await five.settle()).at(-1)).toBe(0);
    },
  );

  documented(quotas, 'with RETAIN are one a second for each topic', async () => {
    const client = await world.enter(5);
    flood(client, 2, { topic: 'kept/one', retain: true });
    flood(client, 1, { topic: 'kept/two', retain: true });
    expect(acknowledged(await client.settle())).toEqual([0, 0x97, 0]);
    world.clock.advance(1000);
    flood(client, 1, { topic: 'kept/one', retain: true });
    expect(acknowledged(await client.settle()).at(-1)).toBe(0);
  });

  documented('IoT developer guide, "MQTT retained messages"', 'with RETAIN are throttled once the account keeps as many as it may', () =>
    withOther({ iotSettings: { brokerRates: { retainedMessages: 1 } } }, async (other) => {
      const client = await other.enter(5);
      flood(client, 1, { topic: 'kept/one', retain: true });
      flood(client, 1, { topic: 'kept/two', retain: true });
      expect(acknowledged(await client.settle())).toEqual([0, 0x97]);
    }),
  );

  assumed(
    'mqtt.message.qos1-over-outbound-rate',
    'at QoS 1 over a hundred a second to one client wait, at QoS 0 they are lost',
    async () => {
      const topic = world.unique();
      const client = await world.enter(5);
      client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic, qos: 1, nl: false, rap: false, rh: 0 }] });
      await client.take(2);
      const senders = [await world.enter(4), await world.enter(4)];
      for (const sender of senders) {
        flood(sender, 60, { topic, qos: 0 });
        await sender.settle();
      }
      expect(published(await client.settle())).toBe(100);
      const sender = await world.enter(4);
      flood(sender, 5, { topic });
      await sender.settle();
      expect(published(await client.settle())).toBe(100);
      world.clock.advance(100);
      expect(published(await client.settle())).toBe(105);
    },
  );

  documented(quotas, 'wait when a hundred to one client are not acknowledged', async () => {
    const topic = world.unique();
    const client = await world.enter(4, { keepalive: 1200 });
    await client.subscribe(topic);
    const sender = await world.enter(4);
    flood(sender, 100, { topic });
    await sender.settle();
    world.clock.advance(1000);
    flood(sender, 5, { topic });
    await sender.settle();
    const received = await client.settle();
    expect(published(received)).toBe(100);
    client.send({ cmd: 'puback', messageId: received.find(({ cmd }) => cmd === 'publish')?.messageId ?? 0 });
    expect(published(await client.settle())).toBe(101);
  });
});

describe('Bytes', () => {
  documented(quotas, 'over 512 KB a second are processed later', async () => {
    const client = await world.enter(5);
    const payload = Buffer.alloc(100 * 1024);
    for (let index = 1; index <= 8; index += 1) {
      client.send({ cmd: 'publish', topic: 'big', payload, qos: 1, messageId: index, dup: false, retain: false });
    }
    await world.until(() => acknowledged(client.received).length >= 4);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(acknowledged(client.received).length).toBeLessThan(8);
    const drip = setInterval(() => {
      world.clock.advance(250);
    }, 5);
    await world.until(() => acknowledged(client.received).length === 8);
    clearInterval(drip);
  });

  assumed('mqtt.connection.unsent-bytes', 'that a client leaves unread cost it its QoS 0 messages', () =>
    withOther({ iotBehaviour: { 'mqtt.connection.unsent-bytes': 0 }, iotSettings: { brokerRates: 'off' } }, async (other) => {
      const client = await other.enter(4);
      await client.subscribe('t');
      client.pause();
      const sender = await other.enter(4);
      const payload = Buffer.alloc(120 * 1024);
      for (let index = 0; index < 100; index += 1) sender.send({ cmd: 'publish', topic: 't', payload, qos: 0, dup: false, retain: false });
      await sender.settle();
      client.resume();
      expect(published(await client.settle())).toBeLessThan(100);
    }),
  );
});

describe('Subscriptions', () => {
  assumed('mqtt.subscribe.throttled', 'over the rate of the account are answered 0x80 over 3.1.1 and 0x97 over 5', () =>
    withOther({ iotSettings: { brokerRates: { subscriptions: 3 } } }, async (other) => {
      const five = await other.enter(5);
      expect(await five.subscribe('a', 'b', 'c')).toMatchObject({ granted: [1, 1, 1] });
      expect(await five.subscribe('d')).toMatchObject({ granted: [0x97] });
      expect(await (await other.enter(4)).subscribe('d')).toMatchObject({ granted: [0x80] });
      other.clock.advance(1000);
      expect(await five.subscribe('d')).toMatchObject({ granted: [1] });
    }),
  );
});

describe('Messages stored for clients that are away', () => {
  documented(quotas, 'have a rate; what comes too fast is lost', () =>
    withOther({ iotSettings: { brokerRates: { queuedMessages: 2 } } }, async (other) => {
      const client = await other.enter(4, { clientId: 'away', clean: false });
      await client.subscribe('t');
      client.cut();
      await other.until(() => !other.aws.services.iot.broker.isConnected('away'));
      const sender = await other.enter(4);
      flood(sender, 5, { topic: 't' });
      await sender.settle();
      other.clock.advance(1000);
      expect(published(await (await other.enter(4, { clientId: 'away', clean: false })).settle())).toBe(2);
    }),
  );
});
