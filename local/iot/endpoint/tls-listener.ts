import { constants } from 'node:crypto';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { defaultSecurityPolicy, securityPolicyNamed } from '../registry/security-policies.ts';
import { alpn } from './alpn.ts';
import { peekServerName } from './peek-server-name.ts';

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
  /** The endpoints whose security policy is not the default one, and its name. */
  readonly securityPolicies: () => ReadonlyMap<string, string>;
  /** Whether the application protocol decides; a client that names none of them gets the alert no_application_protocol. [RFC 7301 §3.2] */
  readonly usesAlpn: boolean;
  readonly onSecure: (socket: TLSSocket) => void;
}

export interface TlsListener {
  listen(): Promise<number>;
  close(): Promise<void>;
}

/** Names under this and the loopback's are covered by the endpoint's own certificate. */
const awsDomain = '.amazonaws.com';

/** More than the accounts of one process have domains of their own. */
const maximumContexts = 1000;

/** Certificates for domains of accounts' own, each made when it is first asked for. */
const ownDomainContexts = ({ key, certFor }: TlsListenerOptions['credentials']): ((serverName: string) => SecureContext | undefined) => {
  const contexts = new Map<string, SecureContext>();
  return (serverName) => {
    if (certFor === undefined || serverName === 'localhost' || serverName.endsWith(awsDomain)) return undefined;
    const context = contexts.get(serverName) ?? createSecureContext({ key, cert: certFor(serverName) });
    if (contexts.size >= maximumContexts) contexts.clear();
    contexts.set(serverName, context);
    return context;
  };
};

const versionsAndCiphers = (securityPolicy: string): Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ciphers'> => {
  const { minVersion, maxVersion, ciphers } = securityPolicyNamed(securityPolicy);
  return { minVersion, maxVersion, ciphers: ciphers.join(':') };
};

const tlsOptions = (
  { credentials, isServerName, usesAlpn }: TlsListenerOptions,
  contextFor: ReturnType<typeof ownDomainContexts>,
  securityPolicy: string,
): TlsOptions => ({
  key: credentials.key,
  cert: credentials.cert,
  ...versionsAndCiphers(securityPolicy),
  secureOptions: constants.SSL_OP_NO_TICKET, // "SessionTicket is not supported" (DG:transport-security)
  // TLS proves that the client holds the key; whether the certificate is any good is the registry's to say.
  requestCert: true,
  rejectUnauthorized: false,
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

/** TLS under each security policy that is asked for; a server of Node's has one for all names. */
const serversByPolicy = (options: TlsListenerOptions, onSecure: (socket: TLSSocket) => void): ((securityPolicy: string) => Server) => {
  const contextFor = ownDomainContexts(options.credentials);
  const servers = new Map<string, Server>();
  return (securityPolicy) => {
    const present = servers.get(securityPolicy);
    if (present !== undefined) return present;
    const server = createServer(tlsOptions(options, contextFor, securityPolicy), onSecure);
    // A failed handshake concerns nobody but the client, whose socket Node has already closed.
    server.on('tlsClientError', () => undefined);
    servers.set(securityPolicy, server);
    return server;
  };
};

/** Leads a connection to TLS under the policy of its endpoint. Only where policies differ the client's first bytes are looked at. */
const greet = (
  socket: Socket,
  serverUnder: (securityPolicy: string) => Server,
  { securityPolicies }: Pick<TlsListenerOptions, 'securityPolicies'>,
): void => {
  if (securityPolicies().size === 0) {
    serverUnder(defaultSecurityPolicy).emit('connection', socket);
    return;
  }
  peekServerName(socket, (serverName = '') => {
    serverUnder(securityPolicies().get(serverName.toLowerCase()) ?? defaultSecurityPolicy).emit('connection', socket);
  });
};

export const createTlsListener = (options: TlsListenerOptions): TlsListener => {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const serverUnder = serversByPolicy(options, (socket) => {
    keep(socket);
    options.onSecure(socket);
  });
  // Without `noDelay` every small packet of a handshake waits for Nagle and delayed acknowledgements: 52 ms instead of 8.
  const server = createTcpServer({ noDelay: true }, (socket) => {
    if (options.securityPolicies().size > 0) keep(socket);
    greet(socket, serverUnder, options);
  });
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
