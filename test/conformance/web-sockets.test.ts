import sdk from 'aws-iot-device-sdk-v2';
import { connectAsync, type IClientOptions } from 'mqtt';
import { WebSocket } from 'ws';

import { AuthorizerWorld, makeSigner, named } from './authorizer-world.ts';
import { documented } from './fact.ts';
import { presignedPath } from './web-client.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
});
afterAll(() => world.stop());

const guide = 'IoT developer guide, "Custom authentication"';
const protocols = 'IoT developer guide, "Device communication protocols"';

interface Wishes {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly servername?: string;
  readonly options?: IClientOptions;
}

const host = () => world.aws.services.iot.dataEndpoint;

/** `ws` hands them on to TLS, which its types do not say. */
const webSocketOptions = (servername: string, headers: Readonly<Record<string, string>>): object => ({ servername, headers });

/** MQTT.js over `wss://<endpoint>/mqtt`; rejects when it is not let in. */
const connect = ({ path = '/mqtt', headers = {}, servername = host(), options = {} }: Wishes) =>
  connectAsync(
    `wss://127.0.0.1:${world.aws.mqtt.customAuthPort}${path}`,
    {
      ...{ ca: world.aws.rootCa, clientId: world.unique(), reconnectPeriod: 0, connectTimeout: 5000 },
      wsOptions: webSocketOptions(servername, { host: servername, ...headers }),
      ...options,
    },
    false,
  );

/** The status that a WebSocket handshake is answered with. */
const handshake = (path: string, subprotocols: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`wss://127.0.0.1:${world.aws.mqtt.customAuthPort}${path}`, [...subprotocols], {
      ...{ ca: world.aws.rootCa, servername: host(), headers: { host: host() } },
    });
    socket.on('error', () => undefined);
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
    });
  });

describe('MQTT over WebSocket', () => {
  documented(protocols, 'is spoken at /mqtt with the subprotocol mqtt', async () => {
    expect(await handshake('/mqtt', ['mqtt'])).toBe(101);
    expect(await handshake('/elsewhere', ['mqtt'])).toBe(404);
    expect(await handshake('/mqtt', ['chat'])).toBe(400);
  });

  documented(guide, 'takes the authorizer’s parameters from headers', async () => {
    const signer = makeSigner();
    const { authorizerName, FunctionName } = await world.authorizer('return admission;', {
      ...{ tokenKeyName: 'my-token', tokenSigningPublicKeys: { first: signer.publicKey } },
    });
    const headers = {
      ...{ 'x-amz-customauthorizer-name': authorizerName, 'my-token': 'token' },
      'x-amz-customauthorizer-signature': signer.signature('token'),
    };
    for (const protocolVersion of [4, 5] as const) {
      const client = await connect({ headers, options: { protocolVersion } });
      await client.publishAsync('t', 'x', { qos: 1 });
      await client.endAsync();
    }
    await expect(connect({ headers: { ...headers, 'my-token': 'other' } })).rejects.toThrow();
    const [event] = await world.events(FunctionName);
    expect(event).toMatchObject({
      ...{ token: 'token', signatureVerified: true, protocols: ['tls', 'http', 'mqtt'] },
      protocolData: { tls: { serverName: host() }, http: { headers: { 'my-token': 'token' } } },
    });
  });

  documented(guide, 'takes them from the query string, or from user name and password', async () => {
    const { authorizerName, FunctionName } = await world.authorizer();
    await (await connect({ path: `/mqtt?x-amz-customauthorizer-name=${authorizerName}` })).endAsync();
    await (await connect({ options: { username: named(authorizerName), password: 'secret' } })).endAsync();
    const [first, second] = await world.events(FunctionName);
    expect(first).toMatchObject({ protocolData: { http: { queryString: `?x-amz-customauthorizer-name=${authorizerName}` } } });
    expect(second).toMatchObject({ protocolData: { mqtt: { username: named(authorizerName), password: 'c2VjcmV0' } } });
    await expect(connect({})).rejects.toThrow();
  });

  documented(protocols, 'takes a signature of Version 4, and IAM says what may be done', async () => {
    const credentials = await world.session(
      { Effect: 'Allow', Action: 'iot:Connect', Resource: world.arn('client/dashboard*') },
      { Effect: 'Allow', Action: 'iot:Publish', Resource: world.arn('topic/signed') },
    );
    const path = presignedPath(world, credentials);
    const client = await connect({ path, options: { clientId: 'dashboard-1', protocolVersion: 5 } });
    await client.publishAsync('signed', 'x', { qos: 1 });
    await expect(client.publishAsync('unsigned', 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 });
    await client.endAsync();
    await expect(connect({ path, options: { clientId: 'another' } })).rejects.toThrow();
    await expect(connect({ path: path.replace(/Signature=./, 'Signature=0') })).rejects.toThrow();
  });

  documented('AWS IoT Device SDK v2, WebSocket builder', 'lets the device SDK in by its keys', async () => {
    const { io, iot, mqtt, auth } = sdk;
    const { accessKeyId, secretAccessKey } = world.aws.credentials;
    const provider = auth.AwsCredentialsProvider.newStatic(accessKeyId, secretAccessKey);
    const config = iot.AwsIotMqttConnectionConfigBuilder.new_with_websockets({
      region: world.aws.account.region,
      credentials_provider: provider,
    })
      .with_certificate_authority(world.aws.rootCa)
      .with_endpoint('localhost')
      .with_port(world.aws.mqtt.customAuthPort)
      .with_client_id(world.unique())
      .build();
    const connection = new mqtt.MqttClient(new io.ClientBootstrap()).new_connection(config);
    await connection.connect();
    await connection.publish('t', 'x', mqtt.QoS.AtLeastOnce);
    await connection.disconnect();
  });

  documented('General Reference, AWS IoT Core quotas', 'lives for a day', async () => {
    const credentials = await world.session({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
    const clientId = world.unique();
    const client = await connect({ path: presignedPath(world, credentials), options: { clientId, keepalive: 1200 } });
    const closed = new Promise<void>((resolve) => {
      client.once('close', () => {
        resolve();
      });
    });
    for (let passedSeconds = 0; passedSeconds < 86_000; passedSeconds += 1000) {
      world.clock.advance(1_000_000);
      await client.publishAsync('t', 'x', { qos: 1 });
    }
    world.clock.advance(400_000);
    await closed;
    expect(world.disconnectReasonOf(clientId)).toBe('WEBSOCKET_TTL_EXPIRATION');
  });

  documented(protocols, 'is all that an endpoint for MQTT_WSS speaks', async () => {
    const { authorizerName } = await world.authorizer();
    const { serverName } = await world.domain({
      ...{ authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'MQTT_WSS' },
      authorizerConfig: { defaultAuthorizerName: authorizerName },
    });
    await (await connect({ servername: serverName })).endAsync();
    const https = await world.domain({ authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'HTTPS' });
    await expect(connect({ servername: https.serverName })).rejects.toThrow();
    const credentials = await world.session({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
    const signed = await world.domain({ authenticationType: 'AWS_SIGV4', applicationProtocol: 'MQTT_WSS' });
    await expect(connect({ servername: signed.serverName, options: { username: named(authorizerName) } })).rejects.toThrow();
    expect(credentials.sessionToken).toBeDefined();
  });
});
