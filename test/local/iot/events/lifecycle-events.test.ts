import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { TestBroker } from '../broker/test-broker.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(() => broker.stop());

const uuid = expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);

const comeAndGo = async (clientId = 'raw'): Promise<void> => {
  const client = await (await broker.open(4)).enter({ clientId });
  client.send({ cmd: 'disconnect' });
  await client.closed;
};

describe('presence events', () => {
  test('tell of a connection and of its end with the same session and version', async () => {
    await comeAndGo();
    const common = {
      clientId: 'raw',
      timestamp: broker.clock.now(),
      sessionIdentifier: uuid,
      principalIdentifier: broker.certificateId,
      versionNumber: 0,
    };
    const [connected] = broker.events('presence/connected');
    const [disconnected] = broker.events('presence/disconnected');
    expect(connected).toEqual({ ...common, eventType: 'connected', ipAddress: '127.0.0.1' });
    expect(disconnected).toEqual({
      ...common,
      eventType: 'disconnected',
      clientInitiatedDisconnect: true,
      disconnectReason: 'CLIENT_INITIATED_DISCONNECT',
    });
    expect(disconnected?.['sessionIdentifier']).toBe(connected?.['sessionIdentifier']);
    expect(broker.seen.map(({ topic }) => topic)).toEqual(['$aws/events/presence/connected/raw', '$aws/events/presence/disconnected/raw']);
  });

  test('name a thing only when the certificate is attached to it exclusively', async () => {
    broker.directory.things.set(broker.certificateId, { thingName: 'shared', attributes: {}, isExclusive: false });
    await comeAndGo();
    broker.directory.things.set(broker.certificateId, { thingName: 'own', attributes: {}, isExclusive: true });
    await comeAndGo();
    expect(broker.events('presence').map(({ thingName }) => thingName)).toEqual([undefined, undefined, 'own', 'own']);
  });

  test('count connections of a client id up, and from 0 again after an hour away', async () => {
    await comeAndGo();
    await comeAndGo();
    await comeAndGo('other');
    broker.clock.advance(3_599_999);
    await comeAndGo();
    broker.clock.advance(3_600_000);
    await comeAndGo();
    expect(broker.events('presence/connected').map(({ clientId, versionNumber }) => [clientId, versionNumber])).toEqual([
      ['raw', 0],
      ['raw', 1],
      ['other', 0],
      ['raw', 2],
      ['raw', 0],
    ]);
  });

  test('of a client that was taken over carry the number of their own connection', async () => {
    await (await broker.open(4)).enter();
    await (await broker.open(4)).enter();
    expect(broker.events('presence').map(({ eventType, versionNumber }) => [eventType, versionNumber])).toEqual([
      ['connected', 0],
      ['disconnected', 0],
      ['connected', 1],
    ]);
  });

  test('are not sent for a client id with a wildcard in it', async () => {
    await comeAndGo('a+b');
    expect(broker.seen).toEqual([]);
  });

  test('reach clients that may subscribe to them', async () => {
    const watcher = await (await broker.open(4)).enter({ clientId: 'watcher' });
    await watcher.subscribe('$aws/events/presence/connected/+');
    await comeAndGo('watched');
    expect(await watcher.take(2)).toMatchObject({ cmd: 'publish', topic: '$aws/events/presence/connected/watched', qos: 1 });
  });

  test('do not reach a subscription to everything', async () => {
    const watcher = await (await broker.open(4)).enter({ clientId: 'watcher' });
    await watcher.subscribe('#', '+/events/presence/connected/watched');
    await comeAndGo('watched');
    expect(await watcher.settle()).toHaveLength(1);
  });

  test('are not sent when nobody was authenticated', async () => {
    broker.directory.failures.set(broker.certificateId, 'DEVICE_CERTIFICATE_INACTIVE');
    const client = await broker.open(4);
    client.connect();
    await client.closed;
    expect(broker.seen).toEqual([]);
  });
});

describe('subscription events', () => {
  test('tell which filters were granted', async () => {
    const client = await (await broker.open(4)).enter();
    await client.subscribe('a', 'b/#');
    const [subscribed] = broker.events('subscriptions/subscribed');
    expect(subscribed).toEqual({
      clientId: 'raw',
      timestamp: broker.clock.now(),
      eventType: 'subscribed',
      sessionIdentifier: broker.events('presence/connected')[0]?.['sessionIdentifier'],
      principalIdentifier: broker.certificateId,
      topics: ['a', 'b/#'],
    });
  });
});
