import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { once } from 'node:events';
import { connect, type ConnectionOptions } from 'node:tls';
import WebSocket from 'ws';

import type { Identity } from '../local/iot/broker/test-certificates.ts';
import { AuthorizerWorld, named } from './authorizer-world.ts';
import { documented } from './fact.ts';
import { presignedPath, send, signedPost } from './web-client.ts';

let world: AuthorizerWorld;
let device: Identity;
let authorizerName: string;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
  device = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
  ({ authorizerName } = await world.authorizer());
});
afterAll(() => world.stop());

const protocols = 'IoT developer guide, "Device communication protocols", "Protocols, port mappings, and authentication"';
const guide = 'IoT developer guide, "Custom authentication"';

type Port = 8883 | 443 | 8443;
const portFor = (port: Port): number =>
  ({ 8883: world.aws.mqtt.port, 443: world.aws.mqtt.customAuthPort, 8443: world.aws.https.port })[port];

interface How {
  readonly with: 'certificate' | 'authorizer' | 'nothing';
  readonly alpn?: string;
}

const tlsFor = ({ with: proof, alpn }: How): ConnectionOptions => ({
  ...(proof === 'certificate' ? { cert: device.cert, key: device.key } : {}),
  ALPNProtocols: alpn === undefined ? [] : [alpn],
});

/** What MQTT gets: the code of CONNACK, that the connection is closed without one, or that there is no TLS. */
const mqtt = async (port: Port, how: How): Promise<number | 'closed' | 'no TLS'> => {
  const username = how.with === 'authorizer' ? named(authorizerName) : 'lamp';
  return world.attempt(username, { port: portFor(port), tls: tlsFor(how) }).catch(() => 'no TLS' as const);
};

/** What a POST to a topic gets: its status, or `closed` where nobody speaks HTTP. */
const post = async (port: Port, how: How): Promise<number | 'closed'> => {
  const headers = how.with === 'authorizer' ? { 'x-amz-customauthorizer-name': authorizerName } : {};
  const tls = { ...tlsFor(how), port: portFor(port) };
  const answer = await send(world, { path: '/topics/t', headers, tls }).catch(() => undefined);
  return answer?.status ?? 'closed';
};

const postSigned = async (port: Port, tls: ConnectionOptions = {}): Promise<number | 'closed'> => {
  const signed = signedPost(world, { path: '/topics/t' }, world.aws.credentials);
  const answer = await send(world, { ...signed, tls: { ...tls, port: portFor(port) } }).catch(() => undefined);
  return answer?.status ?? 'closed';
};

/** What the request for a WebSocket gets: 101, or another status, or `closed`. */
const openWebSocket = async (port: Port, tls: ConnectionOptions = {}): Promise<number | 'closed'> => {
  const address = `wss://127.0.0.1:${portFor(port)}${presignedPath(world, world.aws.credentials)}`;
  const host = world.aws.services.iot.dataEndpoint;
  const socket = new WebSocket(address, ['mqtt'], { ca: world.aws.rootCa, servername: host, headers: { host }, ...tls });
  const status = await new Promise<number | 'closed'>((resolve) => {
    socket.on('open', () => {
      resolve(101);
    });
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
      resolve(statusCode);
    });
    socket.on('error', () => {
      resolve('closed');
    });
  });
  socket.terminate();
  return status;
};

const certificate = { with: 'certificate' } as const;
const authorizer = { with: 'authorizer' } as const;
const nothing = { with: 'nothing' } as const;
const [byMqttCa, byHttpCa, byMqtt] = [{ alpn: 'x-amzn-mqtt-ca' }, { alpn: 'x-amzn-http-ca' }, { alpn: 'mqtt' }] as const;

describe('Port 8883', () => {
  documented(protocols, 'speaks MQTT with client certificates, and needs no ALPN', async () => {
    expect(await mqtt(8883, certificate)).toBe(0);
    expect(await mqtt(8883, nothing)).toBe('closed');
  });

  documented(guide, 'has no authorizers', async () => {
    expect(await mqtt(8883, authorizer)).toBe('closed');
    expect(await mqtt(8883, { ...authorizer, ...byMqtt })).toBe('closed');
  });

  documented(protocols, 'speaks neither HTTPS nor WebSocket', async () => {
    expect(await post(8883, certificate)).toBe('closed');
    expect(await postSigned(8883)).toBe('closed');
    expect(await openWebSocket(8883)).toBe('closed');
  });
});

describe('Port 443', () => {
  documented(protocols, 'speaks MQTT with client certificates by ALPN x-amzn-mqtt-ca, and only by that', async () => {
    expect(await mqtt(443, { ...certificate, ...byMqttCa })).toBe(0);
    expect(await mqtt(443, { ...nothing, ...byMqttCa })).toBe('closed');
    expect(await mqtt(443, certificate)).toBe('closed');
    expect(await mqtt(443, { ...certificate, ...byHttpCa })).toBe('closed');
    expect(await mqtt(443, { ...certificate, ...byMqtt })).toBe('closed');
  });

  documented(guide, 'speaks MQTT with authorizers by ALPN mqtt, and only by that', async () => {
    expect(await mqtt(443, { ...authorizer, ...byMqtt })).toBe(0);
    expect(await mqtt(443, { ...authorizer, ...byMqttCa })).toBe('closed');
    expect(await mqtt(443, authorizer)).toBe('closed');
  });

  documented(protocols, 'takes messages by HTTPS with client certificates by ALPN x-amzn-http-ca, and only by that', async () => {
    expect(await post(443, { ...certificate, ...byHttpCa })).toBe(200);
    expect(await post(443, { ...nothing, ...byHttpCa })).toBe(403);
    expect(await post(443, certificate)).toBe(403);
    expect(await post(443, { ...certificate, ...byMqttCa })).toBe('closed');
  });

  documented(protocols, 'takes messages by HTTPS with signatures and authorizers without ALPN, or with that of HTTP', async () => {
    for (const tls of [{}, { ALPNProtocols: ['http/1.1'] }]) expect(await postSigned(443, tls)).toBe(200);
    for (const alpn of [{}, { alpn: 'http/1.1' }]) expect(await post(443, { ...authorizer, ...alpn })).toBe(200);
    expect(await post(443, nothing)).toBe(403);
    expect(await post(443, { ...authorizer, ...byHttpCa })).toBe(403);
    expect(await post(443, { ...authorizer, ...byMqtt })).toBe('closed');
  });

  documented(protocols, 'opens WebSockets for signatures, and never for client certificates', async () => {
    expect(await openWebSocket(443)).toBe(101);
    const { cert, key } = device;
    expect(await openWebSocket(443, { cert, key, ALPNProtocols: ['x-amzn-http-ca'] })).toBe(403);
    expect(await openWebSocket(443, { cert, key, ALPNProtocols: ['x-amzn-mqtt-ca'] })).toBe('closed');
  });

  documented('RFC 7301, section 3.2', 'refuses a client that names none of its protocols in the handshake', async () => {
    expect(await mqtt(443, { ...certificate, alpn: 'h2' })).toBe('no TLS');
    expect(await mqtt(443, { ...certificate, alpn: 'x-amzn-mqtt' })).toBe('no TLS');
  });
});

describe('Port 8443', () => {
  documented(protocols, 'takes messages by HTTPS with client certificates, and needs no ALPN', async () => {
    expect(await post(8443, certificate)).toBe(200);
    expect(await post(8443, nothing)).toBe(403);
  });

  documented(guide, 'has no authorizers', async () => {
    expect(await post(8443, authorizer)).toBe(403);
  });

  documented(protocols, 'takes no signatures and opens no WebSockets', async () => {
    expect(await postSigned(8443)).toBe(403);
    expect(await openWebSocket(8443)).toBe(403);
    expect(await openWebSocket(8443, { cert: device.cert, key: device.key })).toBe(403);
  });

  documented(protocols, 'speaks no MQTT', async () => {
    expect(await mqtt(8443, certificate)).toBe('closed');
    expect(await mqtt(8443, { ...certificate, ...byMqttCa })).toBe('closed');
  });
});

describe('A domain configuration with an authentication type of its own', () => {
  documented(protocols, 'makes ports and ALPN meaningless', async () => {
    const { serverName: servername } = await world.domain({ authenticationType: 'AWS_X509', applicationProtocol: 'HTTPS' });
    const { cert, key } = device;
    for (const port of [8883, 443, 8443] as const) {
      const tls = { cert, key, servername, port: portFor(port) };
      expect((await send(world, { path: '/topics/t', tls })).status).toBe(200);
      expect(await world.attempt('lamp', { port: portFor(port), tls: { cert, key, servername, ALPNProtocols: [] } })).toBe('closed');
    }
  });
});

documented(
  'IoT developer guide, "Transport security in AWS IoT Core"',
  'Every port fails connections to the name of somebody else',
  async () => {
    for (const port of [8883, 443, 8443] as const) {
      const servername = 'a0000000000000-ats.iot.us-east-1.amazonaws.com';
      const socket = connect({ host: '127.0.0.1', port: portFor(port), ca: world.aws.rootCa, servername, ...tlsFor(certificate) });
      await expect(once(socket, 'secureConnect')).rejects.toMatchObject({ message: expect.any(String) as unknown });
      socket.destroy();
    }
  },
);
