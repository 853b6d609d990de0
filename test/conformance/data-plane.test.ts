import {
  DeleteConnectionCommand,
  GetRetainedMessageCommand,
  IoTDataPlaneClient,
  ListRetainedMessagesCommand,
  PublishCommand,
} from '@aws-sdk/client-iot-data-plane';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { Packet } from 'mqtt-packet';

import type { RawClient } from '../local/iot/broker/raw-client.ts';
import { documented } from './fact.ts';
import { MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
let data: IoTDataPlaneClient;
let listener: RawClient;
beforeAll(async () => {
  world = await MqttWorld.start();
  const { endpoint, account, credentials } = world.aws;
  data = new IoTDataPlaneClient({ endpoint, region: account.region, credentials, maxAttempts: 1 });
  listener = await world.enter(5, { keepalive: 1200 });
  await listener.subscribe('#', '$aws/events/presence/#');
});
afterAll(async () => {
  data.destroy();
  await world.stop();
});
beforeEach(() => {
  world.clock.advance(1000);
  listener.received.length = 0;
});

const guide = 'IoT developer guide, "MQTT", "DeleteConnection API"';
const reference = 'IoT API reference, DeleteConnection';
const retaining = 'IoT API reference, GetRetainedMessage';
const quotas = 'General Reference, "AWS IoT Core message broker and protocol limits"';

const messages = (packets: readonly Packet[] = listener.received): Readonly<Record<string, string>> =>
  Object.fromEntries(packets.flatMap((packet) => (packet.cmd === 'publish' ? [[packet.topic, packet.payload.toString()]] : [])));

const remove = (clientId: string, options: { readonly cleanSession?: boolean; readonly preventWillMessage?: boolean } = {}) =>
  data.send(new DeleteConnectionCommand({ clientId, ...options }));

const will = { topic: 'last/will', payload: Buffer.from('gone'), qos: 0 as const, retain: false };

describe('DeleteConnection', () => {
  documented(guide, 'tells an MQTT 5 client of an administrative action, closes and says so in the event', async () => {
    const clientId = `a/ü ${world.unique()}`;
    const client = await world.enter(5, { clientId });
    await remove(clientId);
    expect(await client.closed).toBe('ended');
    expect(client.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x98 });
    await world.until(() => `$aws/events/presence/disconnected/${clientId}` in messages());
    expect(JSON.parse(messages()[`$aws/events/presence/disconnected/${clientId}`] ?? '')).toMatchObject({
      ...{ clientId, eventType: 'disconnected', disconnectReason: 'API_INITIATED_DISCONNECT', clientInitiatedDisconnect: false },
    });
  });

  documented(guide, 'publishes the will unless it is told not to', async () => {
    const [heard, silent] = [world.unique(), world.unique()];
    await world.enter(4, { clientId: silent, will });
    await world.enter(4, { clientId: heard, will: { ...will, topic: 'other/will' } });
    await remove(silent, { preventWillMessage: true });
    await remove(heard);
    await world.until(() => 'other/will' in messages());
    expect(messages()).not.toHaveProperty('last/will');
  });

  documented(guide, 'keeps a persistent session unless it is told to clean it', async () => {
    const clientId = world.unique();
    const returned = async (options: object): Promise<boolean> => {
      const client = await world.enter(4, { clientId, clean: false });
      await remove(clientId, options);
      await client.closed;
      world.clock.advance(1000);
      const again = await world.enter(4, { clientId, clean: false });
      const [connack] = again.received;
      again.send({ cmd: 'disconnect' });
      await again.closed;
      world.clock.advance(1000);
      return connack?.cmd === 'connack' && connack.sessionPresent;
    };
    expect(await returned({})).toBe(true);
    expect(await returned({ cleanSession: true })).toBe(false);
  });

  documented(guide, 'knows clients that are away by their persistent session, and nobody else', async () => {
    const clientId = world.unique();
    const client = await world.enter(4, { clientId, clean: false });
    client.send({ cmd: 'disconnect' });
    await client.closed;
    await world.until(() => !world.aws.services.iot.broker.isConnected(clientId));
    await remove(clientId, { cleanSession: true });
    world.clock.advance(1000);
    await expect(remove(clientId)).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });

  documented(guide, 'does not keep the client from coming back', async () => {
    const clientId = world.unique();
    const client = await world.enter(4, { clientId });
    await remove(clientId);
    await client.closed;
    world.clock.advance(1000);
    const again = await world.enter(4, { clientId });
    expect(again.received[0]).toMatchObject({ cmd: 'connack', returnCode: 0 });
  });

  documented(reference, 'refuses a client id that can be nobody’s', async () => {
    for (const clientId of ['$aws', 'x'.repeat(129)])
      await expect(remove(clientId)).rejects.toMatchObject({ name: 'InvalidRequestException', $metadata: { httpStatusCode: 400 } });
  });

  documented(quotas, 'takes one request per second and client, and a hundred in all', async () => {
    const clientId = world.unique();
    await world.enter(4, { clientId });
    await remove(clientId);
    await expect(remove(clientId)).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
    const results = await Promise.allSettled(Array.from({ length: 120 }, (_, index) => remove(`nobody-${String(index)}`)));
    const names = results.map((result) => (result.status === 'rejected' && result.reason instanceof Error ? result.reason.name : ''));
    expect(names.filter((name) => name === 'ResourceNotFoundException')).toHaveLength(99);
    expect(names.filter((name) => name === 'ThrottlingException')).toHaveLength(21);
  });

  documented('Service Authorization Reference, AWS IoT', 'needs iot:DeleteConnection on the client', async () => {
    const { endpoint, account, credentials } = world.aws;
    const iam = new IAMClient({ endpoint, region: account.region, credentials });
    await iam.send(new CreateUserCommand({ UserName: 'closer' }));
    const Resource = `arn:aws:iot:${account.region}:${account.accountId}:client/claim-*`;
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'iot:DeleteConnection', Resource },
    });
    await iam.send(new PutUserPolicyCommand({ UserName: 'closer', PolicyName: 'close', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'closer' }));
    iam.destroy();
    const key = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    const closer = new IoTDataPlaneClient({ endpoint, region: account.region, credentials: key, maxAttempts: 1 });
    const [own, foreign] = [await world.enter(4, { clientId: 'claim-1' }), await world.enter(4, { clientId: 'device-1' })];
    await closer.send(new DeleteConnectionCommand({ clientId: 'claim-1' }));
    await own.closed;
    await expect(closer.send(new DeleteConnectionCommand({ clientId: 'device-1' }))).rejects.toMatchObject({
      ...{ name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } },
    });
    await expect(closer.send(new PublishCommand({ topic: 't' }))).rejects.toMatchObject({ name: 'ForbiddenException' });
    await foreign.settle();
    closer.destroy();
  });
});

describe('Publish and GetRetainedMessage', () => {
  documented('IoT API reference, Publish', 'publishes with MQTT 5 properties', async () => {
    const userProperties = JSON.stringify([{ unit: 'C' }]);
    await data.send(new PublishCommand({ topic: 'room/1', qos: 1, payload: Buffer.from('21'), userProperties, contentType: 'text/plain' }));
    await world.until(() => 'room/1' in messages());
    expect(listener.received.find((packet) => packet.cmd === 'publish' && packet.topic === 'room/1')).toMatchObject({
      properties: { userProperties: { unit: 'C' }, contentType: 'text/plain' },
    });
  });

  documented(retaining, 'reads what was retained, and when', async () => {
    await data.send(new PublishCommand({ topic: 'kept/a', qos: 1, retain: true, payload: Buffer.from('one') }));
    await data.send(new PublishCommand({ topic: 'kept/b', retain: true, payload: Buffer.from('three') }));
    const { payload, ...rest } = await data.send(new GetRetainedMessageCommand({ topic: 'kept/a' }));
    expect(Buffer.from(payload ?? []).toString()).toBe('one');
    expect(rest).toMatchObject({ topic: 'kept/a', qos: 1, lastModifiedTime: world.clock.now() });
    await expect(data.send(new GetRetainedMessageCommand({ topic: 'kept/c' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  documented('IoT API reference, ListRetainedMessages', 'lists topics page by page', async () => {
    const first = await data.send(new ListRetainedMessagesCommand({ maxResults: 1 }));
    expect(first.retainedTopics).toMatchObject([{ topic: 'kept/a', payloadSize: 3, qos: 1 }]);
    const second = await data.send(new ListRetainedMessagesCommand({ maxResults: 1, nextToken: first.nextToken }));
    expect(second.retainedTopics).toMatchObject([{ topic: 'kept/b', payloadSize: 5, qos: 0 }]);
    expect(second.nextToken).toBeUndefined();
  });
});
