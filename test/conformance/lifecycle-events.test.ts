import { expect } from '@jest/globals';
import { AttachThingPrincipalCommand, CreateThingCommand, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { documented } from './fact.ts';
import { type Heard, type ObservedDevice, ObservedWorld } from './observed-world.ts';

const page = 'IoT developer guide, "Lifecycle events"';

let world: ObservedWorld;
let device: ObservedDevice;
let heard: readonly Heard[];

beforeAll(async () => {
  world = await ObservedWorld.start();
  const watcher = await world.device();
  device = await world.device();
  heard = await world.listen(watcher, '$aws/events/presence/#', '$aws/events/subscriptions/#');
});

afterAll(() => world.stop());

type Event = Readonly<Record<string, unknown>>;

const parse = ({ payload }: Heard): Event => {
  const value: unknown = JSON.parse(payload);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

/** The events of a client on one kind of topic, as soon as there are so many. */
const events = async (kind: string, clientId: string, count = 1): Promise<readonly Event[]> =>
  (
    await world.soon(
      () => heard.filter(({ topic }) => topic === `$aws/events/${kind}/${clientId}`),
      (found) => found.length >= count,
    )
  ).map(parse);

const come = async (clientId: string): Promise<void> => {
  const client = await world.connect(device, clientId);
  await client.endAsync();
};

const uuid = expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);

describe('Lifecycle events', () => {
  documented(page, 'tell of a connection and of its end under one session and version', async () => {
    const clientId = world.unique('client');
    await come(clientId);
    const [connected] = await events('presence/connected', clientId);
    const [disconnected] = await events('presence/disconnected', clientId);
    const common = {
      clientId,
      timestamp: expect.any(Number),
      sessionIdentifier: uuid,
      principalIdentifier: device.certificateId,
      versionNumber: 0,
    };
    expect(connected).toEqual({ ...common, eventType: 'connected', ipAddress: '127.0.0.1' });
    expect(disconnected).toEqual({
      ...common,
      ...{ eventType: 'disconnected', clientInitiatedDisconnect: true, disconnectReason: 'CLIENT_INITIATED_DISCONNECT' },
    });
    expect(disconnected?.['sessionIdentifier']).toBe(connected?.['sessionIdentifier']);
  });

  documented(page, 'count the version up with each connection of a client id', async () => {
    const clientId = world.unique('client');
    await come(clientId);
    await come(clientId);
    const versions = (await events('presence/connected', clientId, 2)).map(({ versionNumber }) => versionNumber);
    expect(versions).toEqual([0, 1]);
  });

  documented(page, 'tell that a client was replaced, and that one was cut off', async () => {
    const clientId = world.unique('client');
    await world.connect(device, clientId);
    const second = await world.connect(device, clientId);
    second.stream.destroy();
    const found = await events('presence/disconnected', clientId, 2);
    expect(found.map(({ disconnectReason, clientInitiatedDisconnect }) => [disconnectReason, clientInitiatedDisconnect])).toEqual([
      ['DUPLICATE_CLIENTID', false],
      ['CONNECTION_LOST', false],
    ]);
  });

  documented(page, 'tell of a connection that policy refuses, and not of its end', async () => {
    const denied = await world.device([{ Effect: 'Deny', Action: 'iot:Connect', Resource: '*' }]);
    const clientId = world.unique('denied');
    await expect(world.connect(denied, clientId)).rejects.toThrow();
    expect(await events('presence/connect_failed', clientId)).toEqual([
      {
        ...{ clientId, timestamp: expect.any(Number), eventType: 'connect_failed', connectFailureReason: 'AUTHORIZATION_FAILED' },
        ...{ principalIdentifier: denied.certificateId, sessionIdentifier: uuid, ipAddress: '127.0.0.1' },
      },
    ]);
    expect(heard.some(({ topic }) => topic.endsWith(`connected/${clientId}`))).toBe(false);
  });

  documented(page, 'say nothing of a failed authentication', async () => {
    const unwanted = await world.device();
    await world.iot.send(new UpdateCertificateCommand({ certificateId: unwanted.certificateId, newStatus: 'INACTIVE' }));
    const clientId = world.unique('inactive');
    await expect(world.connect(unwanted, clientId)).rejects.toThrow();
    const later = world.unique('client');
    await come(later);
    await events('presence/disconnected', later);
    expect(heard.some(({ topic }) => topic.endsWith(`/${clientId}`))).toBe(false);
  });

  documented(page, 'tell of subscriptions and of their end', async () => {
    const clientId = world.unique('client');
    const client = await world.connect(device, clientId);
    await client.subscribeAsync(['a/b', 'c/#']);
    await client.unsubscribeAsync(['a/b']);
    const common = { clientId, timestamp: expect.any(Number), sessionIdentifier: uuid, principalIdentifier: device.certificateId };
    expect(await events('subscriptions/subscribed', clientId)).toEqual([{ ...common, eventType: 'subscribed', topics: ['a/b', 'c/#'] }]);
    expect(await events('subscriptions/unsubscribed', clientId)).toEqual([{ ...common, eventType: 'unsubscribed', topics: ['a/b'] }]);
  });

  documented(
    'IoT developer guide, "Associating a thing to a connection"',
    'name the thing that has the certificate for itself',
    async () => {
      const [own, clientId, thingName] = [await world.device(), world.unique('client'), world.unique('thing')];
      await world.iot.send(new CreateThingCommand({ thingName }));
      const thingPrincipalType = 'EXCLUSIVE_THING';
      await world.iot.send(new AttachThingPrincipalCommand({ thingName, principal: own.certificateArn, thingPrincipalType }));
      await world.connect(own, clientId);
      expect(await events('presence/connected', clientId)).toMatchObject([{ thingName }]);
    },
  );

  documented(page, 'are not made for client ids with wildcards', async () => {
    const clientId = `${world.unique('client')}+`;
    await come(clientId);
    const later = world.unique('client');
    await come(later);
    await events('presence/disconnected', later);
    expect(heard.some(({ payload }) => payload.includes(clientId))).toBe(false);
  });

  documented('MQTT 5, section 4.7.2', 'do not come to a subscription for everything', async () => {
    const all = await world.listen(device, '#');
    const later = world.unique('client');
    await come(later);
    await events('presence/disconnected', later);
    expect(all).toEqual([]);
  });
});
