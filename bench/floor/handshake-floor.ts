import { constants, createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { makeCsr, provePki } from '../../approaches/pki/prove.ts';
import type { SerialNumber } from '../../domain/serial-number.ts';
import { createCertificateAuthority } from '../../local/iot/certificate-authority/certificate-authority.ts';
import { createServerCredentials } from '../../local/iot/certificate-authority/server-credentials.ts';
import { systemClock } from '../../local/clock.ts';

export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface HandshakeFloor {
  /** What devices come with that have no certificate of their own. */
  readonly claim: Identity;
  /** Gives one device another certificate than that it comes with, and resolves when it is known by it. */
  exchange(serial: SerialNumber, held: Identity): Promise<Identity>;
  stop(): Promise<void>;
}

/**
 * The least that onboarding by claim can cost, and the replacement of a certificate: two mutual handshakes, a key, a CSR made, checked and signed. No MQTT, no function, no table.
 * Server and devices share this process, as they do in the run that is compared with it.
 */
export const startHandshakeFloor = async (): Promise<HandshakeFloor> => {
  const authority = createCertificateAuthority({ clock: systemClock, randomness: randomBytes });
  const { certificate, privateKey, rootCa } = createServerCredentials(['localhost']);
  const issued = new Set<string>();
  const sign = (csr: string): string => {
    const { certificatePem, certificateId } = authority.issueForRequest(csr);
    issued.add(certificateId);
    return certificatePem;
  };

  const server = createServer(
    {
      ...{ cert: certificate, key: privateKey, requestCert: true, rejectUnauthorized: false, noDelay: true },
      // AWS IoT issues no session tickets, so neither side of the comparison spends on them.
      secureOptions: constants.SSL_OP_NO_TICKET,
    },
    (socket) => {
      answerLines(socket, (csr) =>
        csr === '' ? String(issued.has(createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex'))) : sign(csr),
      );
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const ask = async (identity: Identity, line: string): Promise<string> => {
    const socket = connect({ ...identity, ca: rootCa, host: '127.0.0.1', servername: 'localhost', port }).setNoDelay(true);
    await once(socket, 'secureConnect');
    const answer = firstLine(socket);
    socket.write(`${JSON.stringify(line)}\n`);
    const text = await answer;
    socket.destroy();
    return text;
  };

  const makeDevice = async (serialNumber: SerialNumber) => {
    const key = await provePki.makeKey('ec-p256');
    return { key, csr: await makeCsr(serialNumber, key) };
  };
  const claimDevice = await makeDevice('claim' as SerialNumber);
  const claim: Identity = { key: claimDevice.key, cert: sign(claimDevice.csr) };

  return {
    claim,
    exchange: async (serial, held) => {
      const { key, csr } = await makeDevice(serial);
      const next = { key, cert: await ask(held, csr) };
      if ((await ask(next, '')) !== 'true') throw new Error(`The floor did not know "${serial}" by its own certificate`);
      return next;
    },
    stop: async () => {
      server.close();
      await once(server, 'close');
    },
  };
};

const answerLines = (socket: TLSSocket, answer: (line: string) => string): void => {
  socket.on('error', () => socket.destroy());
  createInterface({ input: socket }).on('line', (line) => socket.write(`${JSON.stringify(answer(String(JSON.parse(line))))}\n`));
};

const firstLine = async (socket: TLSSocket): Promise<string> => {
  const [line] = (await once(createInterface({ input: socket }), 'line')) as [string];
  return String(JSON.parse(line));
};
