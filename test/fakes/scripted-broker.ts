import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { generate, parser, type Packet } from 'mqtt-packet';
import { type CertificateAuthority, createCertificateAuthority, type CertificateWishes } from './certificate-authority.ts';

/** What the broker answers; `close` closes without a word and `nothing` says nothing. */
export type Answer = 'grant' | 'close' | 'nothing' | number;

export interface BrokerScript {
  onConnect?: Answer;
  onSubscribe?: Answer;
  onPublish?: Answer;
  /** Sent on this topic after each publish. */
  reply?: { readonly topic: string; readonly payload: string };
}

/** What a client showed of itself. */
export interface Seen {
  readonly clientId: string;
  readonly protocolVersion: number | undefined;
  readonly servername: string | false;
  readonly alpn: string | false | null;
  readonly subject: string;
}

/** A TLS server that speaks just enough MQTT to say what a test wants said. Picks its port. */
export const startScriptedBroker = async (script: BrokerScript = {}, wishes: Partial<CertificateWishes> = {}) => {
  const authority: CertificateAuthority = await createCertificateAuthority();
  const server = await authority.makeIdentity({ subject: 'CN=broker', hosts: [{ type: 'dns', value: 'localhost' }], ...wishes });
  const seen: Seen[] = [];
  const sockets = new Set<TLSSocket>();
  const listener = createServer(
    {
      cert: server.certificatePem,
      key: server.privateKeyPem,
      ca: authority.rootPem,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['x-amzn-mqtt-ca'],
    },
    (socket) => {
      sockets.add(socket.on('error', () => undefined));
      serve(socket, script, seen);
    },
  );
  listener.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    authority,
    port,
    seen,
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => {
          resolve();
        });
      }),
  };
};

const serve = (socket: TLSSocket, script: BrokerScript, seen: Seen[]): void => {
  let version = 4;
  const reading = parser();
  const send = (packet: Packet) => socket.write(generate(packet, { protocolVersion: version }));
  reading.on('packet', (packet) => {
    if (packet.cmd === 'connect') {
      version = packet.protocolVersion ?? 4;
      seen.push({
        clientId: packet.clientId,
        protocolVersion: packet.protocolVersion,
        servername: servernameOf(socket),
        alpn: socket.alpnProtocol,
        subject: String(socket.getPeerCertificate().subject.CN),
      });
      answer(socket, script.onConnect, (code) => send({ cmd: 'connack', reasonCode: code, returnCode: code, sessionPresent: false }));
    }
    if (packet.cmd === 'subscribe') {
      const granted = packet.subscriptions.map(() => 1);
      answer(socket, script.onSubscribe, (code) =>
        send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: code === 0 ? granted : granted.map(() => code) }),
      );
    }
    if (packet.cmd === 'publish') {
      answer(socket, script.onPublish, (code) => send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: code }));
      if (script.reply !== undefined) send({ cmd: 'publish', qos: 0, dup: false, retain: false, ...script.reply });
    }
    if (packet.cmd === 'disconnect') socket.end();
  });
  socket.on('data', (chunk: Buffer) => {
    reading.parse(chunk);
  });
};

const servernameOf = (socket: TLSSocket): string | false => {
  const name: unknown = Reflect.get(socket, 'servername');
  return typeof name === 'string' ? name : false;
};

const answer = (socket: TLSSocket, what: Answer = 'grant', send: (code: number) => void): void => {
  if (what === 'close') socket.end();
  else if (what === 'grant') send(0);
  else if (what !== 'nothing') send(what);
};
