import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { createServerCredentials } from '../../../../local/iot/certificate-authority/server-credentials.ts';

const credentials = createServerCredentials(['*.iot.eu-central-1.amazonaws.com']);

const isTrusted = async (servername: string): Promise<boolean> => {
  const server = createServer({ cert: credentials.certificate, key: credentials.privateKey }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, servername, ca: credentials.rootCa });
  const isSecure = await Promise.race([once(socket, 'secureConnect').then(() => true), once(socket, 'error').then(() => false)]).catch(
    () => false,
  );
  socket.destroy();
  server.close();
  return isSecure;
};

describe('the server certificate', () => {
  test('is trusted through the root, for the endpoint and for localhost', async () => {
    expect(await isTrusted('a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com')).toBe(true);
    expect(await isTrusted('localhost')).toBe(true);
  });

  test('is not trusted for another name', async () => {
    expect(await isTrusted('a1b2c3d4e5f6g7-ats.iot.us-east-1.amazonaws.com')).toBe(false);
  });

  test('covers the loopback address', () => {
    expect(new X509Certificate(credentials.certificate).checkIP('127.0.0.1')).toBe('127.0.0.1');
  });

  test('is signed by a root that may sign', () => {
    const root = new X509Certificate(credentials.rootCa);
    expect(root.ca).toBe(true);
    expect(new X509Certificate(credentials.certificate).checkIssued(root)).toBe(true);
  });
});
