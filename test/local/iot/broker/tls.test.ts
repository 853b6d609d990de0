import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:tls';

import { endpoint, TestBroker } from './test-broker.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
});
afterEach(() => broker.stop());

const connack = { cmd: 'connack', returnCode: 0 };
const clientOn = async (port: number, tls: object) => {
  const client = await broker.open(4, { port, tls });
  client.connect();
  return client;
};

describe('the MQTT port', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    const client = await clientOn(broker.mqttPort, { minVersion: version, maxVersion: version });
    expect(await client.take(1)).toMatchObject(connack);
  });

  test('speaks no TLS 1.1', async () => {
    await expect(
      clientOn(broker.mqttPort, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    ).rejects.toThrow();
  });

  test.each([
    ['the endpoint', endpoint],
    ['localhost', 'localhost'],
  ])('accepts the name of %s', async (_, servername) => {
    const client = await clientOn(broker.mqttPort, { servername });
    expect(await client.take(1)).toMatchObject(connack);
  });

  test("refuses another account's name in the handshake", async () => {
    await expect(clientOn(broker.mqttPort, { servername: `x${endpoint}` })).rejects.toThrow();
    expect(broker.logs).toEqual([]);
  });

  test('accepts a client that names nobody, as long as there is one account only', async () => {
    const client = await clientOn(broker.mqttPort, { servername: '', checkServerIdentity: () => undefined });
    expect(await client.take(1)).toMatchObject(connack);
    expect(broker.authorizer.asked[0]?.subject.serverName).toBeUndefined();
  });

  test('offers no session tickets', async () => {
    const ticket = await new Promise<Buffer | undefined>((resolve, reject) => {
      const { key, cert } = broker.device;
      const socket = connect({
        host: '127.0.0.1',
        port: broker.mqttPort,
        ca: broker.server.rootCa,
        servername: 'localhost',
        key,
        cert,
        maxVersion: 'TLSv1.2',
      });
      socket.once('error', reject);
      socket.once('secureConnect', () => {
        resolve(socket.getTLSTicket());
        socket.destroy();
      });
    });
    expect(ticket).toBeUndefined();
  });

  test('survives a client that speaks no TLS at all', async () => {
    const { createConnection } = await import('node:net');
    await new Promise<void>((resolve) => {
      const socket = createConnection(broker.mqttPort, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.once('close', () => {
        resolve();
      });
    });
    const client = await clientOn(broker.mqttPort, {});
    expect(await client.take(1)).toMatchObject(connack);
  });
});

describe('the port that chooses by ALPN', () => {
  test('takes x-amzn-mqtt-ca for mutual TLS', async () => {
    const client = await clientOn(broker.alpnPort, { ALPNProtocols: ['x-amzn-mqtt-ca'] });
    expect(await client.take(1)).toMatchObject(connack);
  });

  test.each<[string, string[] | undefined, number]>([
    ['mqtt, which wants an authorizer that does not exist', ['mqtt'], 1],
    ['nothing, which means HTTPS', undefined, 0],
  ])('closes a connection that names %s', async (_, protocols, failures) => {
    const client = await broker.open(4, { port: broker.alpnPort, tls: protocols === undefined ? {} : { ALPNProtocols: protocols } });
    client.connect();
    await client.closed;
    expect(client.received).toEqual([]);
    const failure = { eventType: 'Connection.AuthNError', targetPort: broker.alpnPort };
    expect(broker.logs).toMatchObject(Array.from({ length: failures }, () => failure));
  });

  test('refuses protocols that it does not know with an alert', async () => {
    await expect(clientOn(broker.alpnPort, { ALPNProtocols: ['h2'] })).rejects.toThrow(/no.application.protocol/i);
  });
});

describe('the port of HTTPS with client certificates', () => {
  const post = async (tls: object): Promise<number | undefined> => {
    const { key, cert } = broker.device;
    const outgoing = request({
      ...{ host: '127.0.0.1', port: broker.httpsPort, path: '/topics/t', method: 'POST', ca: broker.server.rootCa },
      ...{ servername: endpoint, key, cert, agent: false, ...tls },
    });
    outgoing.end('hello');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };

  test.each<[string, object]>([
    ['the name of the endpoint', {}],
    ['ALPN names, which mean nothing here', { ALPNProtocols: ['mqtt'] }],
    ['no name, as long as there is one account only', { servername: '', checkServerIdentity: () => undefined }],
  ])('publishes for a client with %s', async (_, tls) => {
    expect(await post(tls)).toBe(200);
    expect(broker.seen).toMatchObject([{ topic: 't', payload: 'hello' }]);
  });

  test('forbids what comes without a certificate', async () => {
    expect(await post({ key: undefined, cert: undefined })).toBe(403);
    expect(broker.seen).toEqual([]);
  });

  test('speaks no MQTT', async () => {
    const client = await clientOn(broker.httpsPort, {});
    await client.closed;
    expect(client.received).toEqual([]);
  });
});

describe('in strict mode', () => {
  test('a client must name its endpoint', async () => {
    const strict = await TestBroker.start({ requireServerName: true, allowLoopbackNames: false });
    try {
      const nameless = await strict.open(4, { tls: { servername: '', checkServerIdentity: () => undefined } });
      await nameless.closed;
      expect(nameless.received).toEqual([]);
      await expect(strict.open(4)).rejects.toThrow();
      const client = await strict.open(4, { tls: { servername: endpoint } });
      client.connect();
      expect(await client.take(1)).toMatchObject(connack);
    } finally {
      await strict.stop();
    }
  });
});
