import { afterEach, expect, test } from '@jest/globals';

import type { BehaviourCapture } from '../../../../local/iot/behaviour/behaviour.ts';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import type { RawClient } from './raw-client.ts';
import { TestBroker } from './test-broker.ts';

let broker: TestBroker | undefined;
afterEach(() => broker?.stop());

const startWith = async (capture: BehaviourCapture): Promise<TestBroker> => {
  broker = await TestBroker.start({ capture });
  return broker;
};

const defaults = createBehaviour();
const publish = { cmd: 'publish', topic: 'secret', payload: 'x', qos: 1, messageId: 9, dup: false, retain: false } as const;

const subscribeTo = (client: RawClient, topic: string): void => {
  client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic, qos: 1 }] });
};

test('a refused CONNECT may be answered with return code 5, as the guide of 2022 said', async () => {
  const denied = { ...defaults['mqtt.connect.not-authorized'], mqtt3: { code: 5 } };
  const it = await startWith({ 'mqtt.connect.not-authorized': denied });
  it.authorizer.deny('iot:Connect', 'raw');
  const client = await it.open(4);
  client.connect();
  await client.closed;
  expect(client.received).toMatchObject([{ cmd: 'connack', returnCode: 5 }]);
});

test('an unknown certificate may get its CONNACK', async () => {
  const refused = { ...defaults['mqtt.connect.not-authenticated'], mqtt5: { how: 'acknowledge' as const, code: 0x87 } };
  const it = await startWith({ 'mqtt.connect.not-authenticated': refused });
  it.directory.failures.set(it.certificateId, 'DEVICE_CERTIFICATE_INACTIVE');
  const client = await it.open(5);
  client.connect();
  await client.closed;
  expect(client.received).toMatchObject([{ cmd: 'connack', reasonCode: 0x87 }]);
});

test('a denied publish over MQTT 5 may end the connection', async () => {
  const denied = { ...defaults['mqtt.publish.not-authorized'], mqtt5: { how: 'disconnect' as const, code: 0x87 } };
  const it = await startWith({ 'mqtt.publish.not-authorized': denied });
  it.authorizer.deny('iot:Publish', 'secret');
  const client = await (await it.open(5)).enter();
  client.send(publish);
  await client.closed;
  expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x87 }]);
});

test('a denied subscribe over 3.1.1 may be answered with SUBACK 0x80', async () => {
  const denied = { ...defaults['mqtt.subscribe.not-authorized'], mqtt3: { code: 0x80 } };
  const it = await startWith({ 'mqtt.subscribe.not-authorized': denied });
  it.authorizer.deny('iot:Subscribe', 'secret');
  const client = await (await it.open(4)).enter();
  subscribeTo(client, 'secret');
  expect(await client.take(2)).toMatchObject({ cmd: 'suback', granted: [0x80] });
});

test('a publish at QoS 2 may just be ignored', async () => {
  const refused = { ...defaults['mqtt.publish.qos-not-supported'], mqtt3: 'ignore' as const };
  const it = await startWith({ 'mqtt.publish.qos-not-supported': refused });
  const client = await (await it.open(4)).enter();
  client.send({ ...publish, qos: 2 });
  expect(await client.settle()).toHaveLength(1);
});

test('each of several subscriptions may bring its own copy', async () => {
  const it = await startWith({ 'mqtt.message.copies-of-overlapping-subscriptions': 'each' });
  const client = await (await it.open(4)).enter();
  await client.subscribe('a/b', 'a/+');
  await client.publish('a/b', 'x');
  expect((await client.settle()).filter(({ cmd }) => cmd === 'publish')).toHaveLength(2);
});

test('reserved topics may be judged before policy', async () => {
  const it = await startWith({ 'mqtt.message.policy-before-reserved-topics': false });
  it.authorizer.deny('iot:Publish', '$aws/events/x');
  const client = await (await it.open(5)).enter();
  client.send({ ...publish, topic: '$aws/events/x' });
  await client.closed;
  expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x90 }]);
});

test('a shared subscription may be judged by its filter alone', async () => {
  const it = await startWith({ 'mqtt.session.shared-subscription-resource': 'topic-filter' });
  it.authorizer.deny('iot:Subscribe', 'secret');
  const client = await (await it.open(5)).enter();
  expect(await client.subscribe('$share/g/secret')).toMatchObject({ granted: [0x87] });
});

test('CONNACK may leave out what the client asked for itself', async () => {
  const it = await startWith({ 'mqtt.connection.always-tells-terms': false });
  const client = await it.open(5);
  client.connect({ keepalive: 60 });
  const connack = await client.take(1);
  expect(connack).not.toHaveProperty('properties.serverKeepAlive');
  expect(connack).not.toHaveProperty('properties.sessionExpiryInterval');
});

test('QoS 1 messages over the outbound rate may be lost', async () => {
  broker = await TestBroker.start({
    capture: { 'mqtt.message.qos1-over-outbound-rate': 'discarded' },
    brokerRates: { publishesPerConnection: 2 },
  });
  const client = await (await broker.open(4)).enter();
  await client.subscribe('t');
  for (let count = 0; count < 5; count += 1) {
    await broker.running.broker.publish({ topic: 't', payload: Buffer.from('x'), qos: 1, retain: false });
  }
  broker.clock.advance(5000);
  expect((await client.settle()).filter(({ cmd }) => cmd === 'publish')).toHaveLength(2);
});
