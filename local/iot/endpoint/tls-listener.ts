import { constants } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type TLSSocket, type TlsOptions } from 'node:tls';

/** Which client certificate, port and protocol name mean which authentication (DG:protocols). */
export const alpn = {
  mutualTls: 'x-amzn-mqtt-ca',
  mutualTlsHttp: 'x-amzn-http-ca',
  customAuthentication: 'mqtt',
  http: 'http/1.1',
} as const;

const spoken: readonly string[] = Object.values(alpn);

export interface TlsListenerOptions {
  /** PEM; the certificate may be followed by its chain. */
  readonly credentials: {
    readonly key: string;
    readonly cert: string;
    /** The certificate for a domain of the account's own, which the other does not cover. */
    readonly certFor?: ((serverName: string) => string) | undefined;
  };
  readonly port: number;
  /** Whether the name that a client asks for by SNI is one of this account's endpoints. */
  readonly isServerName: (serverName: string) => boolean;
  /** Whether the application protocol decides; a client that names none of them gets the alert no_application_protocol. [RFC 7301 §3.2] */
  readonly usesAlpn: boolean;
  readonly onSecure: (socket: TLSSocket) => void;
}

export interface TlsListener {
  listen(): Promise<number>;
  close(): Promise<void>;
}

const tlsPolicy = {
  minVersion: 'TLSv1.2',
  secureOptions: constants.SSL_OP_NO_TICKET, // "SessionTicket is not supported" (DG:transport-security)
} as const;

/** Names under this and the loopback's are covered by the endpoint's own certificate. */
const awsDomain = '.amazonaws.com';

/** More than the accounts of one process have domains of their own. */
const maximumContexts = 1000;

/** Certificates for domains of accounts' own, each made when it is first asked for. */
const ownDomainContexts = ({ key, certFor }: TlsListenerOptions['credentials']): ((serverName: string) => SecureContext | undefined) => {
  const contexts = new Map<string, SecureContext>();
  return (serverName) => {
    if (certFor === undefined || serverName === 'localhost' || serverName.endsWith(awsDomain)) return undefined;
    const context = contexts.get(serverName) ?? createSecureContext({ ...tlsPolicy, key, cert: certFor(serverName) });
    if (contexts.size >= maximumContexts) contexts.clear();
    contexts.set(serverName, context);
    return context;
  };
};

const tlsOptions = (
  { credentials, isServerName, usesAlpn }: TlsListenerOptions,
  contextFor: ReturnType<typeof ownDomainContexts>,
): TlsOptions => ({
  key: credentials.key,
  cert: credentials.cert,
  ...tlsPolicy,
  // TLS proves that the client holds the key; whether the certificate is any good is the registry's to say.
  requestCert: true,
  rejectUnauthorized: false,
  // Without it every small packet of a handshake waits for Nagle and delayed acknowledgements: 52 ms instead of 8.
  noDelay: true,
  SNICallback: (serverName, answer) => {
    if (isServerName(serverName)) answer(null, contextFor(serverName));
    else answer(new Error(`${serverName} is not an endpoint of this account`));
  },
  ...(usesAlpn
    ? {
        ALPNCallback: ({ protocols }: { readonly protocols: readonly string[] }) => protocols.find((protocol) => spoken.includes(protocol)),
      }
    : {}),
});

export const createTlsListener = (options: TlsListenerOptions): TlsListener => {
  const sockets = new Set<TLSSocket>();
  const server = createServer(tlsOptions(options, ownDomainContexts(options.credentials)), (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    options.onSecure(socket);
  });
  // A failed handshake concerns nobody but the client, whose socket Node has already closed.
  server.on('tlsClientError', () => undefined);
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port); // a TCP server that listens has such an address
        });
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
};
