import { AttachThingPrincipalCommand, CreateThingCommand, UpdateCertificateCommand } from '@aws-sdk/client-iot';

import { assumed, documented } from './fact.ts';
import { MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
beforeAll(async () => {
  world = await MqttWorld.start();
});
afterAll(() => world.stop());

const guide = 'IoT developer guide, "MQTT"';
const quotas = 'General Reference, "AWS IoT Core message broker and protocol limits"';

describe('CONNACK over MQTT 5', () => {
  documented(guide, 'says what the service can do', async () => {
    const client = await world.open(5);
    client.connect({ clientId: world.unique() });
    expect(await client.take(1)).toMatchObject({
      cmd: 'connack',
      reasonCode: 0,
      properties: {
        maximumQoS: 1,
        retainAvailable: true,
        wildcardSubscriptionAvailable: true,
        subscriptionIdentifiersAvailable: false,
        sharedSubscriptionAvailable: true,
        topicAliasMaximum: 8,
        receiveMaximum: 100,
      },
    });
  });

  assumed('mqtt.connection.maximum-packet-bytes', 'says 146 KB as the Maximum Packet Size', async () => {
    const client = await world.open(5);
    client.connect({ clientId: world.unique() });
    expect(await client.take(1)).toMatchObject({ properties: { maximumPacketSize: 146 * 1024 } });
  });

  assumed('mqtt.connection.always-tells-terms', 'says keep-alive and session expiry even where they are as asked', async () => {
    const client = await world.open(5);
    client.connect({ clientId: world.unique(), keepalive: 60, clean: false, properties: { sessionExpiryInterval: 600 } });
    expect(await client.take(1)).toMatchObject({ properties: { serverKeepAlive: 60, sessionExpiryInterval: 600 } });
  });

  documented(guide, 'says the session expiry that the account allows', async () => {
    const client = await world.open(5);
    client.connect({ clientId: world.unique(), properties: { sessionExpiryInterval: 100_000 } });
    expect(await client.take(1)).toMatchObject({ properties: { sessionExpiryInterval: 3600 } });
  });

  documented(guide, 'says the client id that the service made up', async () => {
    const client = await world.open(5);
    client.connect({ clientId: '' });
    expect(await client.take(1)).toMatchObject({
      properties: { assignedClientIdentifier: expect.stringMatching(/^\S{10,128}$/) as string },
    });
  });

  documented(quotas, 'says the keep-alive: 1200 s for none or more than that, 30 s at least', async () => {
    for (const [asked, given] of [
      [0, 1200],
      [5000, 1200],
      [3, 30],
    ]) {
      const client = await world.open(5);
      client.connect({ clientId: world.unique(), keepalive: asked ?? 0 });
      expect(await client.take(1)).toMatchObject({ properties: { serverKeepAlive: given } });
    }
  });
});

describe('A client that gives no client id', () => {
  const assigned = 'client/$GEN/*';

  for (const version of [4, 5] as const) {
    assumed('mqtt.connection.assigned-id-prefix', `gets one that begins with $GEN/ over MQTT version ${version}`, async () => {
      const listener = await world.enter(5, { keepalive: 1200 });
      await listener.subscribe('$aws/events/presence/connected/#');
      const client = await world.open(version);
      client.connect({ clientId: '' });
      expect(await client.take(1)).toMatchObject({ cmd: 'connack' });
      const id = /^\$aws\/events\/presence\/connected\/\$GEN\/[0-9a-f-]{36}$/;
      await world.until(() => listener.received.some((packet) => packet.cmd === 'publish' && id.test(packet.topic)));
    });

    assumed('mqtt.connection.assigned-id-is-judged', `is judged by what it gets over MQTT version ${version}`, async () => {
      const arn = (resource: string) => `arn:aws:iot:us-east-1:123456789012:${resource}`;
      const admit = async (resource: string): Promise<boolean> => {
        const device = await world.register([{ Effect: 'Allow', Action: 'iot:Connect', Resource: arn(resource) }]);
        const client = await world.open(version, device);
        client.connect({ clientId: '' });
        return client.take(1).then(
          (packet) => packet.cmd === 'connack' && (packet.reasonCode ?? packet.returnCode) === 0,
          () => false,
        );
      };
      expect([await admit(assigned), await admit('client/'), await admit('client/other-*')]).toEqual([true, false, false]);
    });
  }
});

describe('A connection', () => {
  documented(guide, 'with the same client id replaces the one before', async () => {
    for (const version of [4, 5] as const) {
      const clientId = world.unique();
      const old = await world.enter(version, { clientId });
      world.clock.advance(1000); // two connects a second apart
      await world.enter(version, { clientId });
      await old.closed;
      expect(old.received.slice(1)).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x8e }] : []);
    }
  });

  documented(quotas, 'ends after one and a half times its keep-alive of silence', async () => {
    const client = await world.enter(5, { keepalive: 30 });
    world.clock.advance(44_999);
    expect(await client.settle()).toHaveLength(1);
    world.clock.advance(45_000);
    await client.closed;
    expect(client.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8d });
  });

  assumed('mqtt.connection.server-name-required', 'may come without SNI where one account is behind the endpoint', async () => {
    const client = await world.open(5, undefined, { servername: '', checkServerIdentity: () => undefined });
    client.connect({ clientId: world.unique() });
    expect(await client.take(1)).toMatchObject({ cmd: 'connack', reasonCode: 0 });
  });

  documented(
    'IoT developer guide, "Associating a thing to a connection"',
    'stands for the thing that has its certificate to itself, whatever its client id is, or if it gave none',
    async () => {
      const [thingName, thingPrincipalType] = [world.unique(), 'EXCLUSIVE_THING'] as const;
      await world.iot.send(new CreateThingCommand({ thingName }));
      const arn = (resource: string) => `arn:aws:iot:us-east-1:123456789012:${resource}`;
      const device = await world.register([
        { Effect: 'Allow', Action: 'iot:Connect', Resource: [arn('client/other'), arn('client/$GEN/*')] },
        { Effect: 'Allow', Action: 'iot:Publish', Resource: arn('topic/${iot:Connection.Thing.ThingName}') },
      ]);
      const principal = arn(`cert/${device.certificateId}`);
      await world.iot.send(new AttachThingPrincipalCommand({ thingName, principal, thingPrincipalType }));
      for (const clientId of ['other', '']) {
        const client = await (await world.open(5, device)).enter({ clientId });
        await client.publish(thingName, 'x', { qos: 1 });
        await client.publish('other', 'x', { qos: 1 });
        const codes = client.received.flatMap((packet) => (packet.cmd === 'puback' ? [packet.reasonCode] : []));
        expect(codes).toEqual([0, 0x87]);
      }
    },
  );

  assumed('mqtt.connection.thing-is-fixed', 'stands for the thing that it stood for at CONNECT', async () => {
    const thingName = world.unique();
    await world.iot.send(new CreateThingCommand({ thingName }));
    const device = await world.register([
      { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' },
      { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/${iot:Connection.Thing.ThingName}' },
    ]);
    const before = await (await world.open(5, device)).enter({ clientId: thingName });
    const principal = `arn:aws:iot:us-east-1:123456789012:cert/${device.certificateId}`;
    await world.iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
    const packet = { cmd: 'publish', topic: thingName, payload: 'x', qos: 1, messageId: 9, dup: false, retain: false } as const;
    before.send(packet);
    expect(await before.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0x87 });
    world.clock.advance(1000);
    const after = await (await world.open(5, device)).enter({ clientId: thingName });
    after.send(packet);
    expect(await after.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0 });
  });

  assumed(
    'mqtt.connection.persistent-attribute',
    'that may resume a session needs leave for persistent ones, over 5 as over 3.1.1',
    async () => {
      const device = await world.register([
        { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' },
        {
          ...{ Effect: 'Deny', Action: 'iot:Connect', Resource: '*' },
          Condition: { 'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } },
        },
      ]);
      for (const version of [4, 5] as const) {
        const client = await world.open(version, device);
        client.connect({ clientId: world.unique(), clean: false });
        await client.closed;
        await (await world.open(version, device)).enter({ clientId: world.unique(), clean: true });
      }
    },
  );

  assumed('mqtt.connection.connect-within-ms', 'that sends no CONNECT is closed after 30 seconds', async () => {
    const client = await world.open(4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    world.clock.advance(30_000);
    expect(await client.closed).toBe('ended');
  });

  assumed('mqtt.connection.certificate-grace-ms', 'outlives its certificate by two minutes, and is told why it ends', async () => {
    const device = await world.register([{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }]);
    const client = await (await world.open(5, device)).enter({ clientId: world.unique(), keepalive: 1200 });
    await world.iot.send(new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'INACTIVE' }));
    world.clock.advance(119_999);
    expect(await client.settle()).toHaveLength(1);
    world.clock.advance(1);
    await client.closed;
    expect(client.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x87 });
  });

  assumed('mqtt.connection.disconnect-codes', 'that the service ends gets the code that goes with the reason', async () => {
    const watcher = await world.enter(5, { keepalive: 1200 });
    await watcher.subscribe('$aws/events/presence/disconnected/+');
    const client = await world.enter(5, { keepalive: 30 });
    world.clock.advance(45_000);
    await client.closed;
    expect(client.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8d });
    expect(JSON.stringify(await watcher.settle().then((all) => all.map((one) => ('payload' in one ? String(one.payload) : ''))))).toContain(
      'MQTT_KEEP_ALIVE_TIMEOUT',
    );
  });
});
