import { UpdateCertificateCommand } from '@aws-sdk/client-iot';
import type { IConnectPacket, IPublishPacket, ISubscription } from 'mqtt-packet';

import { assumed, documented } from './fact.ts';
import { type Answers, MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
beforeAll(async () => {
  world = await MqttWorld.start();
});
afterAll(() => world.stop());

const closedSilently: Answers = { end: 'closed', packets: [] };

const connect = async (version: 4 | 5, packet: Partial<IConnectPacket>): Promise<Answers> => {
  const client = await world.open(version);
  return world.answers(client, () => {
    client.connect({ clientId: world.unique(), ...packet });
  });
};

const publish = async (version: 4 | 5, packet: Partial<IPublishPacket>): Promise<Answers> => {
  const client = await world.enter(version);
  return world.answers(client, () => {
    client.send({ cmd: 'publish', topic: 't', payload: 'x', qos: 1, messageId: 9, dup: false, retain: false, ...packet });
  });
};

const subscribe = async (version: 4 | 5, topic: string, options: Partial<ISubscription> = {}): Promise<Answers> => {
  const client = await world.enter(version);
  const five = version === 5 ? { nl: false, rap: false, rh: 0 } : {};
  return world.answers(client, () => {
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic, qos: 1, ...five, ...options }] });
  });
};

const refusedWith = (code: number) => ({ end: 'closed', packets: [{ cmd: 'connack', reasonCode: code }] });
const disconnectedWith = (code: number) => ({ end: 'closed', packets: [{ cmd: 'disconnect', reasonCode: code }] });
const acknowledgedWith = (code: number) => ({ end: 'open', packets: [{ cmd: 'puback', reasonCode: code }] });
const grantedWith = (code: number) => ({ end: 'open', packets: [{ cmd: 'suback', granted: [code] }] });

describe('A refused CONNECT', () => {
  assumed('mqtt.connect.not-authenticated', 'with an inactive certificate is closed after TLS without CONNACK', async () => {
    const device = await world.register([{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }]);
    await world.iot.send(new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'INACTIVE' }));
    for (const version of [4, 5] as const) {
      const client = await world.open(version, device);
      expect(
        await world.answers(client, () => {
          client.connect({ clientId: world.unique() });
        }),
      ).toEqual(closedSilently);
    }
  });

  assumed('mqtt.connect.not-authorized', 'that policy denies is closed without CONNACK over 3.1.1 and answered 0x87 over 5', async () => {
    expect(await connect(4, { clientId: 'denied-4' })).toEqual(closedSilently);
    expect(await connect(5, { clientId: 'denied-5' })).toMatchObject(refusedWith(0x87));
  });

  documented('IoT developer guide, "Lifecycle events"', 'comes with a will that the client may not publish', async () => {
    const will = { topic: 'denied/will', payload: 'x' };
    expect(await connect(4, { will })).toEqual(closedSilently);
    expect(await connect(5, { will })).toMatchObject(refusedWith(0x87));
  });

  assumed('mqtt.connect.bad-client-id', 'with a client id that begins with $ is answered 0x85', async () => {
    expect(await connect(4, { clientId: '$mine' })).toEqual(closedSilently);
    expect(await connect(5, { clientId: '$mine' })).toMatchObject(refusedWith(0x85));
  });

  assumed('mqtt.connect.bad-will-topic', 'with a will on a reserved topic is answered 0x90', async () => {
    const will = { topic: '$aws/things/x', payload: 'x' };
    expect(await connect(4, { will })).toEqual(closedSilently);
    expect(await connect(5, { will })).toMatchObject(refusedWith(0x90));
  });

  assumed('mqtt.connect.qos-not-supported', 'with a will at QoS 2 is answered 0x9B', async () => {
    const will = { topic: 'w', payload: 'x', qos: 2 as const };
    expect(await connect(4, { will })).toEqual(closedSilently);
    expect(await connect(5, { will })).toMatchObject(refusedWith(0x9b));
  });

  assumed('mqtt.connect.bad-properties', 'that asks for enhanced authentication is answered 0x80', async () => {
    expect(await connect(5, { properties: { authenticationMethod: 'SCRAM' } })).toMatchObject(refusedWith(0x80));
  });
});

describe('A refused PUBLISH', () => {
  assumed('mqtt.publish.not-authorized', 'closes the connection over 3.1.1; over 5 PUBACK says 0x87 and the connection stays', async () => {
    expect(await publish(4, { topic: 'denied' })).toEqual(closedSilently);
    expect(await publish(5, { topic: 'denied' })).toMatchObject(acknowledgedWith(0x87));
  });

  documented('IoT developer guide, "MQTT", reason codes', 'at QoS 0 is answered by DISCONNECT 0x87', async () => {
    expect(await publish(5, { topic: 'denied', qos: 0 })).toMatchObject(disconnectedWith(0x87));
  });

  documented('IoT developer guide, "Retained message policy examples"', 'may be refused for RETAIN alone', async () => {
    expect(await publish(5, { topic: 'fleeting', retain: true })).toMatchObject(acknowledgedWith(0x87));
    expect(await publish(5, { topic: 'fleeting' })).toMatchObject(acknowledgedWith(0));
  });

  assumed('mqtt.publish.bad-topic', 'with eight slashes is answered by PUBACK 0x90', async () => {
    expect(await publish(4, { topic: 'a/b/c/d/e/f/g/h/i' })).toEqual(closedSilently);
    expect(await publish(5, { topic: 'a/b/c/d/e/f/g/h/i' })).toMatchObject(acknowledgedWith(0x90));
  });

  assumed('mqtt.publish.reserved-topic', 'on a reserved topic ends the connection', async () => {
    expect(await publish(4, { topic: '$aws/events/presence/connected/x' })).toEqual(closedSilently);
    expect(await publish(5, { topic: '$aws/events/presence/connected/x' })).toMatchObject(disconnectedWith(0x90));
  });

  assumed('mqtt.message.policy-before-reserved-topics', 'on a reserved topic that policy denies is refused by policy', async () => {
    const device = await world.register([{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }]);
    const client = await (await world.open(5, device)).enter({ clientId: world.unique() });
    client.send({ cmd: 'publish', topic: '$aws/events/x', payload: 'x', qos: 1, messageId: 9, dup: false, retain: false });
    expect(await client.take(2)).toMatchObject({ cmd: 'puback', reasonCode: 0x87 });
  });

  assumed('mqtt.publish.too-large', 'with a payload over 128 KB ends the connection', async () => {
    const payload = Buffer.alloc(128 * 1024 + 1);
    expect(await publish(4, { payload })).toEqual(closedSilently);
    expect(await publish(5, { payload })).toMatchObject(disconnectedWith(0x97));
  });

  assumed('mqtt.publish.qos-not-supported', 'at QoS 2 gets no PUBACK and closes the connection', async () => {
    expect(await publish(4, { qos: 2 })).toEqual(closedSilently);
    expect(await publish(5, { qos: 2 })).toMatchObject(disconnectedWith(0x9b));
  });

  assumed('mqtt.publish.bad-topic-alias', 'with an alias over 8 ends the connection', async () => {
    expect(await publish(5, { properties: { topicAlias: 9 } })).toMatchObject(disconnectedWith(0x94));
  });
});

describe('A refused SUBSCRIBE', () => {
  assumed('mqtt.subscribe.not-authorized', 'drops a 3.1.1 connection without SUBACK and is answered 0x87 over 5', async () => {
    expect(await subscribe(4, 'denied/#')).toEqual(closedSilently);
    expect(await subscribe(5, 'denied/#')).toMatchObject(grantedWith(0x87));
  });

  assumed('mqtt.subscribe.reserved-filter', 'to a request topic drops a 3.1.1 connection and is answered 0x8F over 5', async () => {
    expect(await subscribe(4, '$aws/certificates/create/json')).toEqual(closedSilently);
    expect(await subscribe(5, '$aws/certificates/create/json')).toMatchObject(grantedWith(0x8f));
  });

  assumed('mqtt.subscribe.bad-filter', 'with a misplaced wildcard is answered 0x8F', async () => {
    expect(await subscribe(4, 'a/#/b')).toEqual(closedSilently);
    expect(await subscribe(5, 'a/#/b')).toMatchObject(grantedWith(0x8f));
  });

  assumed('mqtt.subscribe.too-many-subscriptions', 'over the fiftieth is answered 0x80 over 3.1.1 and 0x97 over 5', async () => {
    for (const [version, code] of [
      [4, 0x80],
      [5, 0x97],
    ] as const) {
      const client = await world.enter(version);
      for (let batch = 0; batch < 10; batch += 1) await client.subscribe(...Array.from({ length: 5 }, (_, index) => `t/${batch}/${index}`));
      expect(await client.subscribe('one/more')).toMatchObject({ granted: [code] });
    }
  });

  assumed('mqtt.subscribe.too-many-filters', 'with nine filters is refused as a whole', async () => {
    const filters = Array.from({ length: 9 }, (_, index) => `t/${index}`);
    expect(await (await world.enter(5)).subscribe(...filters)).toMatchObject({ granted: filters.map(() => 0x97) });
  });

  assumed('mqtt.subscribe.qos-not-supported', 'at QoS 2 gets no SUBACK and closes the connection', async () => {
    expect(await subscribe(4, 't', { qos: 2 })).toEqual(closedSilently);
    expect(await subscribe(5, 't', { qos: 2 })).toMatchObject(disconnectedWith(0x9b));
  });

  assumed('mqtt.subscribe.subscription-identifier', 'with a subscription identifier is answered by DISCONNECT 0xA1', async () => {
    const client = await world.enter(5);
    const subscriptions = [{ topic: 't', qos: 0 as const, nl: false, rap: false, rh: 0 }];
    expect(
      await world.answers(client, () => {
        client.send({ cmd: 'subscribe', messageId: 5, subscriptions, properties: { subscriptionIdentifier: 1 } });
      }),
    ).toMatchObject(disconnectedWith(0xa1));
  });
});

describe('A packet that the protocol forbids', () => {
  const send = async (bytes: readonly number[], version: 4 | 5 = 5): Promise<Answers> => {
    const client = await world.enter(version);
    return world.answers(client, () => {
      client.sendBytes(Buffer.from(bytes));
    });
  };

  assumed('mqtt.packet.malformed', 'for its form ends the connection with DISCONNECT 0x81', async () => {
    expect(await send([0x32, 0x05, 0x00, 0x01, 0x74, 0x00, 0x00], 4)).toEqual(closedSilently);
    expect(await send([0x30, 0x0c, 0x00, 0x01, 0x74, 0x08, 0x03, 0x00, 0x01, 0x63, 0x03, 0x00, 0x01, 0x63])).toMatchObject(
      disconnectedWith(0x81),
    );
  });

  assumed('mqtt.packet.unexpected', 'as AUTH is ends the connection with DISCONNECT 0x82', async () => {
    expect(await send([0xf0, 0x02, 0x18, 0x00])).toMatchObject(disconnectedWith(0x82));
  });

  assumed('mqtt.packet.too-large', 'for its size ends the connection with DISCONNECT 0x97', async () => {
    expect(await send([0x30, 0xff, 0xff, 0xff, 0x7f, ...Array.from({ length: 160 * 1024 }, () => 0)])).toMatchObject(
      disconnectedWith(0x97),
    );
  });

  assumed('mqtt.connection.reason-strings', 'is refused with a Reason String, unless the client asked for none', async () => {
    expect(await publish(5, { topic: 'denied' })).toMatchObject({ packets: [{ properties: { reasonString: 'Not authorized' } }] });
    const client = await world.enter(5, { properties: { requestProblemInformation: false } });
    client.send({ cmd: 'publish', topic: 'denied', payload: 'x', qos: 1, messageId: 9, dup: false, retain: false });
    expect(await client.take(2)).not.toHaveProperty('properties.reasonString');
  });
});
