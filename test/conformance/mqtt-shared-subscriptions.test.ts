import type { Packet } from 'mqtt-packet';

import type { RawClient } from '../local/iot/broker/raw-client.ts';
import { assumed, documented } from './fact.ts';
import { MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
beforeAll(async () => {
  world = await MqttWorld.start();
});
afterAll(() => world.stop());

const guide = 'IoT developer guide, "MQTT", shared subscriptions';

const payloadsOf = (packets: readonly Packet[]): readonly string[] =>
  packets.flatMap((packet) => (packet.cmd === 'publish' ? [packet.payload.toString()] : []));

const send = async (topic: string, payloads: readonly string[], on: MqttWorld = world): Promise<void> => {
  const publisher = await on.enter(4);
  for (const payload of payloads) publisher.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 7, dup: false, retain: false });
  await publisher.settle();
};

const received = async (clients: readonly RawClient[]): Promise<readonly string[]> =>
  (await Promise.all(clients.map((client) => client.settle()))).flatMap(payloadsOf);

const goAway = async (client: RawClient, clientId: string, from: MqttWorld = world): Promise<void> => {
  client.cut();
  await from.until(() => !from.aws.services.iot.broker.isConnected(clientId));
};

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));

describe('A shared subscription', () => {
  documented(guide, 'gives each message to one member of the group, over both protocol versions', async () => {
    const topic = world.unique();
    const members = [await world.enter(4), await world.enter(5), await world.enter(5)];
    for (const member of members) expect(await member.subscribe(`$share/group/${topic}/#`)).toMatchObject({ granted: [1] });
    await send(`${topic}/x`, numbered(60));
    expect([...(await received(members))].sort()).toEqual([...numbered(60)].sort());
    for (const member of members) expect(payloadsOf(member.received).length).toBeGreaterThan(0);
  });

  documented(guide, 'is another one for another group, another filter, or none', async () => {
    const topic = world.unique();
    const filters = [`$share/one/${topic}`, `$share/two/${topic}`, `$share/one/${topic.slice(0, 0)}+`, topic];
    const clients = await Promise.all(filters.map(() => world.enter(4)));
    for (const [index, client] of clients.entries()) await client.subscribe(filters[index] ?? '');
    await send(topic, ['x']);
    expect(await received(clients)).toEqual(['x', 'x', 'x', 'x']);
  });

  documented(guide, 'brings no retained message', async () => {
    const topic = world.unique();
    const client = await world.enter(4);
    await client.publish(topic, 'kept', { retain: true });
    await client.subscribe(`$share/group/${topic}`);
    expect(await received([client])).toEqual([]);
  });

  documented(guide, 'needs a name of 1 to 128 characters without wildcards', async () => {
    const client = await world.enter(5);
    const granted = await client.subscribe(
      '$share//t',
      '$share/a+/t',
      '$share/group',
      '$share/group/',
      `$share/${'x'.repeat(129)}/t`,
      '$share/fine/t',
    );
    expect(granted).toMatchObject({ granted: [0x8f, 0x8f, 0x8f, 0x8f, 0x8f, 1] });
  });

  documented('MQTT 5.0, 3.8.3.1', 'cannot be combined with No Local', async () => {
    const client = await world.enter(5);
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: '$share/g/t', qos: 0, nl: true, rap: false, rh: 0 }] });
    await client.closed;
    expect(client.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x82 });
  });

  documented(guide, 'ends with UNSUBSCRIBE, for that member', async () => {
    const topic = world.unique();
    const [stays, goes] = [await world.enter(4), await world.enter(4)];
    for (const member of [stays, goes]) await member.subscribe(`$share/group/${topic}`);
    goes.send({ cmd: 'unsubscribe', messageId: 6, unsubscriptions: [`$share/group/${topic}`] });
    await goes.settle();
    await send(topic, numbered(5));
    expect(payloadsOf(await stays.settle())).toEqual(numbered(5));
  });

  assumed('mqtt.session.shared-subscription-resource', 'is judged by policy with its group', async () => {
    const client = await world.enter(5);
    expect(await client.subscribe('$share/denied/t', '$share/fine/denied')).toMatchObject({ granted: [0x87, 1] });
  });

  assumed('mqtt.subscribe.shared-group-full', 'takes a hundred members', async () => {
    const topic = world.unique();
    for (let index = 0; index < 100; index += 1) await (await world.enter(4)).subscribe(`$share/full/${topic}`);
    expect(await (await world.enter(5)).subscribe(`$share/full/${topic}`)).toMatchObject({ granted: [0x97] });
    expect(await (await world.enter(4)).subscribe(`$share/full/${topic}`)).toMatchObject({ granted: [0x80] });
  });
});

describe('A group with a persistent session', () => {
  documented(guide, 'stores QoS 1 messages while nobody is there, and gives them to whoever comes, twenty by the second', async () => {
    const topic = world.unique();
    const clientId = world.unique();
    const member = await world.enter(4, { clientId, clean: false });
    await member.subscribe(`$share/group/${topic}`);
    await goAway(member, clientId);
    await send(topic, numbered(25));
    const newcomer = await world.enter(5);
    await newcomer.subscribe(`$share/group/${topic}`);
    expect(payloadsOf(await newcomer.settle())).toHaveLength(20);
    world.clock.advance(1000);
    expect([...payloadsOf(await newcomer.settle())].sort()).toEqual([...numbered(25)].sort());
  });

  documented(guide, 'gives what a member did not acknowledge to another one when that member goes', async () => {
    const topic = world.unique();
    const clientId = world.unique();
    const [goes, stays] = [await world.enter(4, { clientId, clean: false }), await world.enter(4)];
    await goes.subscribe(`$share/group/${topic}`);
    await send(topic, ['x']);
    expect(payloadsOf(await goes.settle())).toEqual(['x']);
    await stays.subscribe(`$share/group/${topic}`);
    await goAway(goes, clientId);
    expect(payloadsOf(await stays.settle())).toEqual(['x']);
  });

  documented(guide, 'stores nothing where every session is a clean one', async () => {
    const topic = world.unique();
    const clientId = world.unique();
    const member = await world.enter(4, { clientId });
    await member.subscribe(`$share/group/${topic}`);
    await goAway(member, clientId);
    await send(topic, ['lost']);
    const newcomer = await world.enter(4);
    await newcomer.subscribe(`$share/group/${topic}`);
    expect(payloadsOf(await newcomer.settle())).toEqual([]);
  });

  assumed('mqtt.session.shared-group-messages', 'keeps the first messages where it may not store more', async () => {
    const small = await MqttWorld.start({ iotBehaviour: { 'mqtt.session.shared-group-messages': 2 } });
    try {
      const member = await small.enter(4, { clientId: 'member', clean: false });
      await member.subscribe('$share/group/t');
      await goAway(member, 'member', small);
      await send('t', numbered(4), small);
      small.clock.advance(1000);
      expect(payloadsOf(await (await small.enter(4, { clientId: 'member', clean: false })).settle())).toEqual(['0', '1']);
    } finally {
      await small.stop();
    }
  });
});
