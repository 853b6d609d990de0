import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { createServerCredentials } from '../../../../local/iot/certificate-authority/server-credentials.ts';
import { createDeviceEndpoint, type DeviceEndpoint, type EndpointPort } from '../../../../local/iot/endpoint/device-endpoint.ts';

const credentials = createServerCredentials(['*.iot.eu-west-1.amazonaws.com']);
const name = 'd1-ats.iot.eu-west-1.amazonaws.com';

let endpoint: DeviceEndpoint;
let ports: Awaited<ReturnType<DeviceEndpoint['listen']>>;
let accepted: EndpointPort[];
beforeEach(async () => {
  accepted = [];
  const accept = (socket: TLSSocket, port: EndpointPort): void => {
    accepted.push(port);
    socket.on('error', () => undefined).end('welcome');
  };
  const securityPolicies = () => new Map([[name, 'IoTSecurityPolicy_TLS12_1_2_2022_10']]);
  endpoint = createDeviceEndpoint({
    credentials,
    tenants: [{ isEndpoint: (asked) => asked.toLowerCase() === name, securityPolicies, accept }],
  });
  ports = await endpoint.listen();
});
afterEach(() => endpoint.close());

/** Passes on what a client says, byte by byte. */
const sayInBytes = (from: Socket, to: Socket): void => {
  from.on('data', (chunk: Buffer) => {
    for (const byte of chunk) to.write(Buffer.of(byte));
  });
};

test('A client whose first words come in pieces gets the policy of its endpoint', async () => {
  const { createServer } = await import('node:net');
  const upstream = createConnection(ports.httpsPort, '127.0.0.1').setNoDelay(true);
  const proxy = createServer((socket) => {
    sayInBytes(socket, upstream);
    upstream.pipe(socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as { readonly port: number };
  const client = connect({
    host: '127.0.0.1',
    port,
    ca: credentials.rootCa,
    servername: name.toUpperCase(),
    checkServerIdentity: () => undefined,
  });
  await once(client, 'secureConnect');
  expect(client.getProtocol()).toBe('TLSv1.2');
  const [welcome] = (await once(client, 'data')) as [Buffer];
  expect([welcome.toString(), accepted]).toEqual(['welcome', ['https']]);
  client.destroy();
  upstream.destroy();
  proxy.close();
});

test('A client that says half a word is cut off when the endpoint closes', async () => {
  const client = createConnection(ports.mqttPort, '127.0.0.1');
  client.on('error', () => undefined).resume();
  client.write(Buffer.of(22, 3, 1, 1));
  await once(client, 'connect');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all([once(client, 'close'), endpoint.close()]);
  ports = await endpoint.listen();
});
