import { GetConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { assumed, documented } from './fact.ts';
import { MqttWorld } from './mqtt-world.ts';

let world: MqttWorld;
let data: IoTDataPlaneClient;
beforeAll(async () => {
  world = await MqttWorld.start();
  const { endpoint, account, credentials } = world.aws;
  data = new IoTDataPlaneClient({ endpoint, region: account.region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  data.destroy();
  await world.stop();
});
beforeEach(() => {
  world.clock.advance(1000);
});

const reference = 'IoT API reference, GetConnection';
const quotas = 'General Reference, "AWS IoT Core message broker and protocol limits"';

const look = async (clientId: string, includeSocketInformation?: boolean, client = data): Promise<object> => {
  const { $metadata, ...found } = await client.send(
    new GetConnectionCommand({ clientId, ...(includeSocketInformation === undefined ? {} : { includeSocketInformation }) }),
  );
  expect($metadata.httpStatusCode).toBe(200);
  return found;
};

describe('GetConnection', () => {
  documented(reference, 'describes a connection, with its sockets where it is asked for them', async () => {
    const clientId = `a/ü ${world.unique()}`;
    const connectedSince = world.clock.now();
    await world.enter(4, { clientId, keepalive: 60 });
    const described = { connected: true, clientId, cleanSession: true, keepAliveDuration: 60, sessionExpiry: 0, connectedSince };
    expect(await look(clientId)).toEqual(described);
    world.clock.advance(1000);
    expect(await look(clientId, true)).toEqual({
      ...described,
      ...{ sourceIp: '127.0.0.1', sourcePort: expect.any(Number) as unknown, targetPort: expect.any(Number) as unknown },
    });
  });

  documented(reference, 'tells of a client that went away when and why, for thirty minutes', async () => {
    const clientId = world.unique();
    const client = await world.enter(4, { clientId });
    client.send({ cmd: 'disconnect' });
    await client.closed;
    await world.until(() => !world.aws.services.iot.broker.isConnected(clientId));
    const disconnectedSince = world.clock.now();
    const told = { connected: false, disconnectedSince, disconnectReason: 'CLIENT_INITIATED_DISCONNECT' };
    expect(await look(clientId, true)).toMatchObject(told);
    world.clock.advance(30 * 60_000 - 1);
    expect(await look(clientId)).toMatchObject(told);
    world.clock.advance(1000);
    await expect(look(clientId)).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });

  assumed('mqtt.connection.away-has-sockets', 'tells no addresses of a client that is away', async () => {
    const clientId = world.unique();
    const client = await world.enter(4, { clientId });
    client.cut();
    await world.until(() => !world.aws.services.iot.broker.isConnected(clientId));
    expect(Object.keys(await look(clientId, true)).filter((name) => /^(source|target)/.test(name))).toEqual([]);
  });

  documented(reference, 'describes, after a take-over, the connection that took over', async () => {
    const clientId = world.unique();
    const first = await world.enter(4, { clientId });
    world.clock.advance(1000);
    const connectedSince = world.clock.now();
    await world.enter(4, { clientId });
    await first.closed;
    expect(await look(clientId)).toMatchObject({ connected: true, connectedSince });
  });

  documented(reference, 'knows nobody who was never there, and refuses a client id that can be nobody’s', async () => {
    await expect(look('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(look('$aws')).rejects.toMatchObject({ name: 'InvalidRequestException', $metadata: { httpStatusCode: 400 } });
  });

  documented(quotas, 'takes one request per second and client', async () => {
    const clientId = world.unique();
    await world.enter(4, { clientId });
    await look(clientId);
    await expect(look(clientId)).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } });
  });

  documented(
    'Service Authorization Reference, AWS IoT',
    'needs iot:GetConnection on the client, and tells policies whether sockets are asked for',
    async () => {
      const { endpoint, account, credentials } = world.aws;
      const iam = new IAMClient({ endpoint, region: account.region, credentials });
      await iam.send(new CreateUserCommand({ UserName: 'looker' }));
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          ...{ Effect: 'Allow', Action: 'iot:GetConnection' },
          Resource: `arn:aws:iot:${account.region}:${account.accountId}:client/seen-*`,
          Condition: { Bool: { 'iot:IncludeSocketInformation': 'false' } },
        },
      });
      await iam.send(new PutUserPolicyCommand({ UserName: 'looker', PolicyName: 'look', PolicyDocument }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'looker' }));
      iam.destroy();
      const key = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
      const looker = new IoTDataPlaneClient({ endpoint, region: account.region, credentials: key, maxAttempts: 1 });
      const [seen, other] = [`seen-${world.unique()}`, world.unique()];
      await world.enter(4, { clientId: seen });
      await world.enter(4, { clientId: other });
      expect(await look(seen, false, looker)).toMatchObject({ connected: true });
      const forbidden = { name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } };
      await expect(look(seen, true, looker)).rejects.toMatchObject(forbidden);
      await expect(look(other, false, looker)).rejects.toMatchObject(forbidden);
      looker.destroy();
    },
  );
});
