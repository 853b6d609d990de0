import { systemClock } from '../../../device/clock.ts';
import { createMqttConnector } from '../../../device/mqtt/mqttjs-connector.ts';
import { type MqttVersion, mqttVersions } from '../../../device/mqtt/mqtt-session.ts';
import type { ServerTrust } from '../../../device/mqtt/tls-connection.ts';
import { createCertificateAuthority } from '../../fakes/certificate-authority.ts';
import { type BrokerScript, startScriptedBroker } from '../../fakes/scripted-broker.ts';

type Broker = Awaited<ReturnType<typeof startScriptedBroker>>;

const brokers: Broker[] = [];
afterEach(async () => {
  await Promise.all(brokers.splice(0).map((broker) => broker.stop()));
});

const start = async (...parameters: Parameters<typeof startScriptedBroker>): Promise<Broker> => {
  const broker = await startScriptedBroker(...parameters);
  brokers.push(broker);
  return broker;
};

interface Dialling {
  readonly version?: MqttVersion;
  readonly trust?: ServerTrust;
  readonly host?: string;
  readonly timeoutMs?: number;
}

const dial = async (broker: Broker, { version = '5', trust, host = 'localhost', timeoutMs = 2_000 }: Dialling = {}) => {
  const connector = createMqttConnector({ clock: systemClock, trust: trust ?? { roots: [broker.authority.rootPem] }, version, timeoutMs });
  const identity = await broker.authority.makeIdentity({ subject: 'CN=device' });
  return connector.connect({ endpoint: { host, port: broker.port }, clientId: 'client-1', identity });
};

const connected = async (script: BrokerScript, dialling: Dialling = {}) => dial(await start(script), dialling);

describe.each(mqttVersions)('a connection over MQTT %s', (version) => {
  test('is mutually authenticated and names the server it wants', async () => {
    const broker = await start();
    const session = await dial(broker, { version });
    expect(broker.seen).toEqual([
      { clientId: 'client-1', protocolVersion: version === '5' ? 5 : 4, servername: 'localhost', alpn: false, subject: 'device' },
    ]);
    await session.close();
  });

  test('carries a request and its answer', async () => {
    const session = await connected({ reply: { topic: 'answers/accepted', payload: '{"ok":true}' } }, { version });
    const message = new Promise<readonly string[]>((resolve) => {
      session.onMessage((topic, payload) => {
        resolve([topic, payload]);
      });
    });
    await session.subscribe(['answers/accepted', 'answers/rejected']);
    await session.publish('answers', '{}');
    expect(await message).toEqual(['answers/accepted', '{"ok":true}']);
    await session.close();
  });

  test('is lost when the server closes instead of answering CONNECT, as AWS IoT does', async () => {
    await expect(connected({ onConnect: 'close' }, { version })).rejects.toMatchObject({ code: 'lost' });
  });

  test('is lost when the server closes instead of granting a subscription', async () => {
    const session = await connected({ onSubscribe: 'close' }, { version });
    await expect(session.subscribe(['a'])).rejects.toMatchObject({ code: 'lost' });
    expect(await session.lost).toMatchObject({ code: 'lost' });
    await session.close();
  });

  test('is not lost when it is closed on this side', async () => {
    const session = await connected({}, { version });
    let isLost = false;
    void session.lost.then(() => {
      isLost = true;
    });
    await session.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isLost).toBe(false);
  });

  test('is lost when the server closes instead of acknowledging a message', async () => {
    const session = await connected({ onPublish: 'close' }, { version });
    await expect(session.publish('a', '{}')).rejects.toMatchObject({ code: 'lost' });
    await session.close();
  });

  test('times out when CONNECT is not answered', async () => {
    await expect(connected({ onConnect: 'nothing' }, { version, timeoutMs: 300 })).rejects.toMatchObject({ code: 'timed-out' });
  });

  test('closes even when the server has gone silent', async () => {
    const session = await connected({ onPublish: 'nothing' }, { version });
    void session.publish('a', '{}').catch(() => undefined);
    await session.close();
  });

  test('is refused by CONNACK', async () => {
    await expect(connected({ onConnect: version === '5' ? 0x87 : 5 }, { version })).rejects.toMatchObject({ code: 'refused' });
  });

  test('is put off by a server that is busy', async () => {
    await expect(connected({ onConnect: version === '5' ? 0x97 : 3 }, { version })).rejects.toMatchObject({ code: 'busy' });
  });

  test('takes SUBACK 0x80 for a quota that is used up', async () => {
    const session = await connected({ onSubscribe: 0x80 }, { version });
    await expect(session.subscribe(['a', 'b'])).rejects.toMatchObject({ code: 'busy' });
    await session.close();
  });
});

describe('a connection over MQTT 5', () => {
  test.each([
    ['SUBACK 0x87', { onSubscribe: 0x87 }],
    ['PUBACK 0x87', { onPublish: 0x87 }],
  ])('is told by %s that something is not allowed', async (_, script) => {
    const session = await connected(script);
    await expect(session.subscribe(['a']).then(() => session.publish('a', '{}'))).rejects.toMatchObject({ code: 'refused' });
    await session.close();
  });
});

describe('the server of a connection', () => {
  test('F4: is not trusted when the roots do not vouch for it', async () => {
    const stranger = await createCertificateAuthority();
    const broker = await start();
    await expect(dial(broker, { trust: { roots: [stranger.rootPem] } })).rejects.toMatchObject({ code: 'untrusted-server' });
    expect(broker.seen).toEqual([]);
  });

  test('is not trusted under another name', async () => {
    const broker = await start({}, { hosts: [{ type: 'dns', value: 'elsewhere.example' }] });
    await expect(dial(broker)).rejects.toMatchObject({ code: 'untrusted-server' });
    expect(broker.seen).toEqual([]);
  });

  test('is asked for by the name that was given, and found under it', async () => {
    const broker = await start({}, { hosts: [{ type: 'dns', value: 'elsewhere.example' }] });
    const session = await dial(broker, {
      host: '127.0.0.1',
      trust: { roots: [broker.authority.rootPem], serverName: 'elsewhere.example' },
    });
    expect(broker.seen[0]?.servername).toBe('elsewhere.example');
    await session.close();
  });

  test('F21: is not yet valid when the clock is behind', async () => {
    const broker = await start({}, { notBefore: new Date('2048-01-01') });
    await expect(dial(broker)).rejects.toMatchObject({ code: 'clock' });
  });

  test('refuses a client certificate that it does not know', async () => {
    const broker = await start();
    const stranger = await createCertificateAuthority();
    const connector = createMqttConnector({
      clock: systemClock,
      trust: { roots: [broker.authority.rootPem] },
      version: '5',
      timeoutMs: 2_000,
    });
    const identity = await stranger.makeIdentity({ subject: 'CN=stranger' });
    const request = { endpoint: { host: 'localhost', port: broker.port }, clientId: 'c', identity };
    await expect(connector.connect(request)).rejects.toMatchObject({ code: 'lost' });
  });

  test('is unreachable when nobody listens', async () => {
    const broker = await start();
    await broker.stop();
    await expect(dial(broker)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('is never asked with a certificate of another key', async () => {
    const broker = await start();
    const { certificatePem } = await broker.authority.makeIdentity({ subject: 'CN=a' });
    const { privateKeyPem } = await broker.authority.makeIdentity({ subject: 'CN=b' });
    const connector = createMqttConnector({
      clock: systemClock,
      trust: { roots: [broker.authority.rootPem] },
      version: '5',
      timeoutMs: 2_000,
    });
    const request = { endpoint: { host: 'localhost', port: broker.port }, clientId: 'c', identity: { certificatePem, privateKeyPem } };
    await expect(connector.connect(request)).rejects.toMatchObject({ code: 'bad-identity' });
  });
});
