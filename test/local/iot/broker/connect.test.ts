import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { TestBroker } from './test-broker.ts';
import { makeClientIdentity } from './test-certificates.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(() => broker.stop());

describe('a registered device', () => {
  test('is let in over MQTT 3.1.1', async () => {
    const client = await broker.open(4);
    client.connect({ clientId: 'three' });
    expect(await client.take(1)).toMatchObject({ cmd: 'connack', returnCode: 0, sessionPresent: false });
    expect(broker.running.broker.isConnected('three')).toBe(true);
  });

  test('is told over MQTT 5 what the service can do', async () => {
    const client = await broker.open(5);
    client.connect({ clientId: 'five', keepalive: 10, properties: { sessionExpiryInterval: 100_000 } });
    expect(await client.take(1)).toMatchObject({
      cmd: 'connack',
      reasonCode: 0,
      properties: {
        maximumQoS: 1,
        retainAvailable: true,
        wildcardSubscriptionAvailable: true,
        subscriptionIdentifiersAvailable: false,
        topicAliasMaximum: 8,
        receiveMaximum: 100,
        maximumPacketSize: 149_504,
        serverKeepAlive: 30,
        sessionExpiryInterval: 3600,
      },
    });
  });

  test.each([
    [0, 1200],
    [5, 30],
    [600, 600],
    [5000, 1200],
  ])('that asks for a keep-alive of %i s gets %i s', async (keepalive, serverKeepAlive) => {
    const client = await broker.open(5);
    client.connect({ clientId: 'keep-alive', keepalive });
    expect(await client.take(1)).toMatchObject({ properties: { serverKeepAlive } });
  });

  test('without a client id gets one', async () => {
    const client = await broker.open(5);
    client.connect({ clientId: '' });
    expect(await client.take(1)).toMatchObject({
      properties: { assignedClientIdentifier: expect.stringMatching(/^\$GEN\/[0-9a-f-]{36}$/) },
    });
  });

  test('is disconnected after one and a half times its keep-alive', async () => {
    const client = await (await broker.open(5)).enter({ clientId: 'silent', keepalive: 30 });
    broker.clock.advance(44_000);
    await client.settle();
    broker.clock.advance(44_999);
    expect(broker.running.broker.isConnected('silent')).toBe(true);
    broker.clock.advance(1);
    expect(await client.take(3)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x8d });
    expect(broker.events('presence/disconnected')).toMatchObject([{ clientId: 'silent', disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT' }]);
  });
});

describe.each([4, 5] as const)('over MQTT version %i', (version) => {
  test.each([
    ['DEVICE_CERTIFICATE_INACTIVE', 'Device certificate is not active'],
    ['DEVICE_CERTIFICATE_REVOKED', 'Device certificate is revoked'],
    ['NOT_AUTHENTICATED', 'The credentials provided could not be authenticated'],
  ] as const)('a certificate that is %s is closed after TLS without CONNACK, and logged', async (reason, details) => {
    const identity = await makeClientIdentity();
    const principalId = broker.directory.register(identity.der);
    broker.directory.failures.set(principalId, reason);
    const client = await broker.open(version, { identity });
    client.connect({ clientId: 'stranger' });
    expect(await client.closed).toBe('ended');
    expect(client.received).toEqual([]);
    expect(broker.logs).toMatchObject([
      {
        eventType: 'Connection.AuthNError',
        logLevel: 'ERROR',
        timestamp: '2026-01-01 00:00:00.000',
        reason,
        details,
        principalId,
        clientId: 'stranger',
        sourceIp: '127.0.0.1',
        serverNameIndication: 'localhost',
      },
    ]);
    expect(broker.seen).toEqual([]);
  });

  test('an unknown certificate is closed after TLS without CONNACK', async () => {
    const client = await broker.open(version, { identity: await makeClientIdentity() });
    client.connect();
    expect(await client.closed).toBe('ended');
    expect(client.received).toEqual([]);
    expect(broker.logs).toMatchObject([{ reason: 'DEVICE_CERTIFICATE_NOT_REGISTERED' }]);
  });

  test('nobody gets in without a client certificate', async () => {
    const client = await broker.open(version, { identity: undefined });
    expect(await client.closed).toBe('ended');
    expect(client.received).toEqual([]);
  });

  test.each([
    ['begins with a dollar sign', '$aws'],
    ['is longer than 128 bytes', 'é'.repeat(65)],
  ])('a client id that %s is refused', async (_, clientId) => {
    const client = await broker.open(version);
    client.connect({ clientId });
    await client.closed;
    expect(client.received).toMatchObject(version === 5 ? [{ cmd: 'connack', reasonCode: 0x85 }] : []);
  });

  test.each([
    ['on a reserved topic', { topic: '$aws/things/x', payload: 'gone' }, 0x90],
    ['on a topic with a wildcard', { topic: 'a/+', payload: 'gone' }, 0x90],
    ['at QoS 2', { topic: 'a', payload: 'gone', qos: 2 as const }, 0x9b],
  ])('a will %s is refused', async (_, will, reasonCode) => {
    const client = await broker.open(version);
    client.connect({ will });
    await client.closed;
    expect(client.received).toMatchObject(version === 5 ? [{ cmd: 'connack', reasonCode }] : []);
  });

  test('a second CONNECT ends the connection', async () => {
    const client = await (await broker.open(version)).enter({ clientId: 'twice' });
    client.connect({ clientId: 'twice' });
    await client.closed;
    expect(client.received.slice(1)).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x82 }] : []);
    expect(broker.events('presence/disconnected')).toMatchObject([{ disconnectReason: 'CLIENT_ERROR' }]);
  });

  test('anything before CONNECT ends the connection', async () => {
    const client = await broker.open(version);
    client.send({ cmd: 'pingreq' });
    expect(await client.closed).toBe('ended');
    expect(client.received).toEqual([]);
  });

  test('bytes that are no MQTT end the connection', async () => {
    const client = await broker.open(version);
    client.sendBytes(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    expect(await client.closed).toBe('ended');
  });

  test('a client id in use is taken over by the newcomer', async () => {
    const old = await (await broker.open(version)).enter({ clientId: 'same' });
    const young = await (await broker.open(version)).enter({ clientId: 'same' });
    await old.closed;
    expect(old.received.slice(1)).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x8e }] : []);
    await young.settle();
    expect(broker.events('presence/disconnected')).toMatchObject([
      { disconnectReason: 'DUPLICATE_CLIENTID', clientInitiatedDisconnect: false },
    ]);
    expect(broker.logs).toContainEqual(expect.objectContaining({ eventType: 'Disconnect', reason: 'DUPLICATE_CLIENT_ID' }));
  });
});

describe('a connection that never sends CONNECT', () => {
  test('is closed when its time is over', async () => {
    const client = await broker.open(4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    broker.clock.advance(30_000);
    expect(await client.closed).toBe('ended');
  });
});

describe('MQTT 3.1', () => {
  test('is not spoken here', async () => {
    const client = await broker.open(4);
    client.connect({ protocolId: 'MQIsdp', protocolVersion: 3 });
    expect(await client.closed).toBe('ended');
    expect(client.received).toEqual([]);
  });
});
