import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { readClientHello } from '../../../../local/iot/endpoint/client-hello.ts';

/** What Node's own client says first. */
const helloFor = async (servername: string): Promise<Buffer> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, servername });
  client.on('error', () => undefined);
  const hello = await new Promise<Buffer>((resolve) => {
    server.once('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', resolve);
    });
  });
  client.destroy();
  server.close();
  return hello;
};

/** The same message, in records that carry so many bytes of it each. */
const inRecordsOf = (bytes: number, hello: Buffer): Buffer => {
  const records: Buffer[] = [];
  for (let at = 5; at < hello.length; at += bytes) {
    const fragment = hello.subarray(at, at + bytes);
    const head = Buffer.from(hello.subarray(0, 5));
    head.writeUInt16BE(fragment.length, 3);
    records.push(head, fragment);
  }
  return Buffer.concat(records);
};

const name = 'a1b2c3-ats.iot.eu-west-1.amazonaws.com';

test.each([
  ['the name that a client asks for', name, name],
  ['that a client asks for none', '', undefined],
])('A ClientHello says %s', async (_, servername, serverName) => {
  const hello = await helloFor(servername);
  expect(readClientHello(hello)).toEqual({ isComplete: true, serverName });
});

test('A ClientHello is read from records of any size, once it is there', async () => {
  const hello = await helloFor(name);
  for (const size of [1, 7, 100]) expect(readClientHello(inRecordsOf(size, hello))).toEqual({ isComplete: true, serverName: name });
  for (let length = 0; length < hello.length; length++) expect(readClientHello(hello.subarray(0, length))).toEqual({ isComplete: false });
});

test('Bytes that are no ClientHello name nobody', () => {
  expect(readClientHello(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toEqual({ isComplete: true, serverName: undefined });
});

test('No bytes do any harm', async () => {
  const hello = await helloFor(name);
  fc.assert(
    fc.property(fc.nat(hello.length - 1), fc.uint8Array({ maxLength: 40 }), (at, bytes) => {
      const broken = Buffer.concat([hello.subarray(0, at), bytes, hello.subarray(at + bytes.length)]);
      expect(typeof readClientHello(broken).isComplete).toBe('boolean');
    }),
  );
});
