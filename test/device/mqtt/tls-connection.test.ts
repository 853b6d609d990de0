import { tlsOptionsOf } from '../../../device/mqtt/tls-connection.ts';

const identity = { certificatePem: 'certificate', privateKeyPem: 'key' };
const optionsFor = (host: string, port: number, serverName?: string) =>
  tlsOptionsOf({ endpoint: { host, port }, identity, roots: ['root'], ...(serverName === undefined ? {} : { serverName }) });

describe('a TLS connection to AWS IoT', () => {
  test('trusts the given roots only, verifies the server, and speaks nothing older than TLS 1.2', () => {
    expect(optionsFor('broker.example', 8883)).toMatchObject({ ca: ['root'], rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  });

  test('says by ALPN on port 443 that it brings MQTT with a client certificate', () => {
    expect(optionsFor('broker.example', 443)).toMatchObject({ ALPNProtocols: ['x-amzn-mqtt-ca'] });
    expect(optionsFor('broker.example', 8883)).not.toHaveProperty('ALPNProtocols');
  });

  test('says by ALPN on any port that it brings a password, and shows no certificate then', () => {
    const password = { username: 'name', password: 'proof' };
    for (const port of [443, 8443]) {
      const options = tlsOptionsOf({ endpoint: { host: 'broker.example', port }, identity: password, roots: ['root'] });
      expect(options).toMatchObject({ ALPNProtocols: ['mqtt'], servername: 'broker.example', rejectUnauthorized: true });
      expect(options).not.toHaveProperty('cert');
      expect(options).not.toHaveProperty('key');
    }
  });

  test('sends the name of the host, or the one that was given', () => {
    expect(optionsFor('broker.example', 8883)).toMatchObject({ servername: 'broker.example' });
    expect(optionsFor('127.0.0.1', 8883, 'broker.example')).toMatchObject({ host: '127.0.0.1', servername: 'broker.example' });
    expect(optionsFor('127.0.0.1', 8883)).not.toHaveProperty('servername');
  });
});
