import { Agent } from 'node:https';

import type { RawClient } from '../local/iot/broker/raw-client.ts';
import { AuthorizerWorld, makeSigner } from './authorizer-world.ts';
import { documented } from './fact.ts';
import { send, signedPost } from './web-client.ts';

let world: AuthorizerWorld;
let listener: RawClient;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
  const identity = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
  listener = await world.open(4, { identity, port: world.aws.mqtt.port, tls: { ALPNProtocols: [] } });
  await listener.enter();
  await listener.subscribe('by/#');
});
afterAll(() => world.stop());

const guide = 'IoT developer guide, "Custom authentication"';
const protocols = 'IoT developer guide, "Device communication protocols"';
const httpGuide = 'IoT developer guide, "HTTPS"';

const ok = { status: 200, body: { message: 'OK', traceId: expect.any(String) as string } };
const forbidden = { status: 403, errorType: 'ForbiddenException' };

describe('HTTPS publish', () => {
  documented(guide, 'takes the authorizer’s parameters from headers or from the query string', async () => {
    const signer = makeSigner();
    const { authorizerName, FunctionName } = await world.authorizer('return admission;', {
      ...{ tokenKeyName: 'my-token', tokenSigningPublicKeys: { first: signer.publicKey } },
    });
    const signature = signer.signature('token');
    const headers = { 'x-amz-customauthorizer-name': authorizerName, 'my-token': 'token', 'x-amz-customauthorizer-signature': signature };
    expect(await send(world, { path: '/topics/by/header?qos=1', headers, body: 'hello' })).toMatchObject(ok);
    const query = new URLSearchParams(headers).toString();
    expect(await send(world, { path: `/topics/by%2Fquery?qos=1&${query}`, body: 'hello' })).toMatchObject(ok);
    expect(await send(world, { path: '/topics/t', headers: { ...headers, 'my-token': 'no' } })).toMatchObject(forbidden);
    const messages = () =>
      listener.received.flatMap((packet) => (packet.cmd === 'publish' ? [[packet.topic, packet.payload.toString(), packet.qos]] : []));
    await world.until(() => messages().length === 2);
    expect(messages()).toEqual([
      ['by/header', 'hello', 1],
      ['by/query', 'hello', 1],
    ]);
    const [event] = await world.events(FunctionName);
    expect(event).toMatchObject({
      protocols: ['tls', 'http'],
      protocolData: { http: { queryString: '?qos=1', headers: { 'my-token': 'token' } } },
    });
  });

  documented(
    'IoT developer guide, "Defining your Lambda function"',
    'asks the authorizer every time, unless caching is on and the connection is kept',
    async () => {
      const post = async (authorizerName: string, agent: Agent | false) =>
        send(world, {
          path: '/topics/t',
          headers: { 'x-amz-customauthorizer-name': authorizerName },
          tls: agent === false ? {} : ({ agent } as object),
        });
      const cached = await world.authorizer('return { ...admission, refreshAfterInSeconds: 300 };', { enableCachingForHttp: true });
      const fresh = await world.authorizer();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let time = 0; time < 2; time++) expect(await post(cached.authorizerName, agent)).toMatchObject(ok);
      expect(await world.events(cached.FunctionName)).toHaveLength(1);
      world.clock.advance(300_000);
      expect(await post(cached.authorizerName, agent)).toMatchObject(ok);
      expect(await world.events(cached.FunctionName)).toHaveLength(2);
      agent.destroy();
      for (let time = 0; time < 2; time++) expect(await post(fresh.authorizerName, false)).toMatchObject(ok);
      expect(await world.events(fresh.FunctionName)).toHaveLength(2);
    },
  );

  documented(httpGuide, 'takes a client certificate by ALPN x-amzn-http-ca', async () => {
    const device = await world.device({ Effect: 'Allow', Action: 'iot:Publish', Resource: world.arn('topic/own') });
    const tls = { cert: device.cert, key: device.key, ALPNProtocols: ['x-amzn-http-ca'] };
    expect(await send(world, { path: '/topics/own', tls })).toMatchObject(ok);
    expect(await send(world, { path: '/topics/other', tls })).toMatchObject(forbidden);
    expect(await send(world, { path: '/topics/own?retain=true', tls })).toMatchObject(forbidden);
    expect(await send(world, { path: '/topics/own', tls: { ALPNProtocols: ['x-amzn-http-ca'] } })).toMatchObject(forbidden);
    const { authorizerName } = await world.authorizer();
    expect(
      await send(world, {
        path: '/topics/own',
        headers: { 'x-amz-customauthorizer-name': authorizerName },
        tls: { ALPNProtocols: ['x-amzn-http-ca'] },
      }),
    ).toMatchObject(forbidden);
  });

  documented(protocols, 'takes a signature of Version 4, and IAM says what may be done', async () => {
    const credentials = await world.session({ Effect: 'Allow', Action: 'iot:Publish', Resource: world.arn('topic/signed') });
    expect(await send(world, signedPost(world, { path: '/topics/signed?qos=1', body: 'hello' }, credentials))).toMatchObject(ok);
    expect(await send(world, signedPost(world, { path: '/topics/other?qos=1' }, credentials))).toMatchObject(forbidden);
    const tampered = signedPost(world, { path: '/topics/signed', body: 'hello' }, credentials);
    expect(await send(world, { ...tampered, body: 'hullo' })).toMatchObject(forbidden);
  });

  documented('API reference, Publish', 'refuses what is no message to a topic', async () => {
    const { authorizerName } = await world.authorizer();
    const headers = { 'x-amz-customauthorizer-name': authorizerName };
    const refused = async (path: string, more = {}) => (await send(world, { path, headers, ...more })).errorType;
    expect(await refused('/topics/a+b')).toBe('InvalidRequestException');
    expect(await refused('/topics/%ff')).toBe('InvalidRequestException');
    expect(await refused('/topics/t?qos=2')).toBe('InvalidRequestException');
    expect(await refused('/topics/t?retain=maybe')).toBe('InvalidRequestException');
    expect(await refused('/topics/t', { body: 'x'.repeat(128 * 1024 + 1) })).toBe('RequestEntityTooLargeException');
    expect(await refused('/topics/%24aws/events/presence/connected/x')).toBe('ForbiddenException');
    expect(await refused('/topics/t', { method: 'GET' })).toBe('MethodNotAllowedException');
    expect(await refused('/elsewhere')).toBe('ResourceNotFoundException');
  });

  documented('API reference, Publish', 'carries the properties of MQTT 5 in headers and in the query string', async () => {
    const identity = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
    const reader = await world.open(5, { identity, port: world.aws.mqtt.port, tls: { ALPNProtocols: [] } });
    await reader.enter({ clientId: world.unique('reader') });
    await reader.subscribe('with/properties');
    const { authorizerName } = await world.authorizer();
    const headers = {
      'x-amz-customauthorizer-name': authorizerName,
      'x-amz-mqtt5-user-properties': Buffer.from('[{"name":"alpha"},{"count":"45"},{"name":"beta"}]').toString('base64'),
      'x-amz-mqtt5-payload-format-indicator': 'UTF8_DATA',
      'x-amz-mqtt5-correlation-data': Buffer.from('which').toString('base64'),
    };
    const query = 'qos=1&contentType=text%2Fplain&responseTopic=with%2Fanswer&messageExpiry=60';
    expect(await send(world, { path: `/topics/with/properties?${query}`, headers, body: 'hello' })).toMatchObject(ok);
    expect(await reader.take(2)).toMatchObject({
      cmd: 'publish',
      properties: {
        ...{ contentType: 'text/plain', responseTopic: 'with/answer', payloadFormatIndicator: true, messageExpiryInterval: 60 },
        ...{ correlationData: Buffer.from('which'), userProperties: { name: ['alpha', 'beta'], count: '45' } },
      },
    });
    const refused = async (query: string, more: Readonly<Record<string, string>> = {}) =>
      (await send(world, { path: `/topics/t?${query}`, headers: { 'x-amz-customauthorizer-name': authorizerName, ...more } })).errorType;
    expect(await refused('messageExpiry=soon')).toBe('InvalidRequestException');
    expect(await refused('responseTopic=a%2F%23')).toBe('InvalidRequestException');
    expect(await refused(`contentType=${'x'.repeat(257)}`)).toBe('InvalidRequestException');
    expect(await refused('', { 'x-amz-mqtt5-user-properties': '[{"name":"alpha"}]' })).toBe('InvalidRequestException');
    expect(await refused('', { 'x-amz-mqtt5-user-properties': Buffer.from('{"name":1}').toString('base64') })).toBe(
      'InvalidRequestException',
    );
    expect(await refused('', { 'x-amz-mqtt5-correlation-data': 'no base64!' })).toBe('InvalidRequestException');
    expect(await refused('', { 'x-amz-mqtt5-payload-format-indicator': 'TEXT' })).toBe('InvalidRequestException');
  });
});
