// The broker library aedes, bare: mutual TLS as the local AWS has it, and nobody to ask for permission.
import { Aedes } from 'aedes';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { serveUntilInputEnds } from './announcement.ts';
import { makeCertificates } from './own-certificates.ts';

const { server, client } = await makeCertificates();
const aedes = await Aedes.createBroker();
const listener = createServer(
  {
    ...{ key: server.privateKey, cert: server.certificate, requestCert: true, rejectUnauthorized: false, noDelay: true },
    ...{ minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_TICKET },
  },
  aedes.handle,
).listen(0, '127.0.0.1');
await once(listener, 'listening');

serveUntilInputEnds({ ...client, port: (listener.address() as AddressInfo).port }, () => {
  process.exit(); // nothing here outlives the comparison
});
