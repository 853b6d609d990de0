import { connect as connectMqttJs, type IClientOptions, type MqttClient } from 'mqtt';

import { documented } from './fact.ts';
import { type Device, MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
let device: Device;
beforeAll(async () => {
  world = await MqttWorld.start();
  device = await world.register([{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }]);
});
afterAll(() => world.stop());

const open: MqttClient[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.endAsync(true)));
});

interface Connected {
  readonly client: MqttClient;
  /** Every message since the connection was asked for, stored ones included. */
  readonly messages: readonly string[];
}

const connect = async (protocolVersion: 4 | 5, options: IClientOptions = {}): Promise<Connected> => {
  const { key, cert } = device;
  const client = connectMqttJs({
    ...{ protocol: 'mqtts', host: '127.0.0.1', port: world.aws.mqtt.port, servername: 'localhost', ca: world.aws.rootCa, key, cert },
    ...{ protocolVersion, clientId: world.unique(), reconnectPeriod: 0, ...options },
  });
  open.push(client);
  const messages: string[] = [];
  client.on('message', (topic, payload) => messages.push(`${topic}: ${payload.toString()}`));
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => {
      resolve();
    });
    client.once('error', reject);
  });
  return { client, messages };
};

const guide = 'IoT developer guide, "MQTT"';

describe.each([4, 5] as const)('MQTT.js over MQTT version %i', (version) => {
  documented(guide, 'subscribes, publishes at QoS 1 and receives', async () => {
    const topic = world.unique();
    const { client, messages } = await connect(version);
    expect(await client.subscribeAsync(topic, { qos: 1 })).toMatchObject([{ topic, qos: 1 }]);
    await client.publishAsync(topic, 'hello', { qos: 1 });
    await world.until(() => messages.length > 0);
    expect(messages).toEqual([`${topic}: hello`]);
  });

  documented(guide, 'shares a subscription with others', async () => {
    const topic = world.unique();
    const members = [await connect(version), await connect(version)];
    for (const { client } of members) await client.subscribeAsync(`$share/group/${topic}`, { qos: 1 });
    const { client: sender } = await connect(version);
    for (let index = 0; index < 10; index += 1) await sender.publishAsync(topic, String(index), { qos: 1 });
    const received = (): readonly string[] => members.flatMap(({ messages }) => messages);
    await world.until(() => received().length >= 10);
    expect([...received()].sort()).toEqual(Array.from({ length: 10 }, (_, index) => `${topic}: ${index}`));
  });

  documented(guide, 'finds its persistent session again', async () => {
    const topic = world.unique();
    const clientId = world.unique();
    const session = { clientId, clean: false, ...(version === 5 ? { properties: { sessionExpiryInterval: 600 } } : {}) };
    const { client: first } = await connect(version, session);
    await first.subscribeAsync(topic, { qos: 1 });
    await first.endAsync();
    await world.until(() => !world.aws.services.iot.broker.isConnected(clientId));
    const { client: sender } = await connect(version);
    await sender.publishAsync(topic, 'kept', { qos: 1 });
    world.clock.advance(1000);
    const { messages } = await connect(version, session);
    await world.until(() => messages.length > 0);
    expect(messages).toEqual([`${topic}: kept`]);
  });
});

documented(guide, 'MQTT.js over MQTT 5 resolves the aliases of topics', async () => {
  const topic = world.unique();
  const { client, messages } = await connect(5, { properties: { topicAliasMaximum: 8 } });
  await client.subscribeAsync(topic, { qos: 1 });
  for (let index = 0; index < 3; index += 1) await client.publishAsync(topic, 'x', { qos: 1 });
  await world.until(() => messages.length === 3);
  expect(new Set(messages)).toEqual(new Set([`${topic}: x`]));
});
