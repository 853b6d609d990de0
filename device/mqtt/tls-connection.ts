import { isIP } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { ALPN_PORT, type Endpoint } from './endpoint.ts';
import { isCertificate, type MqttIdentity, type MqttPassword, MqttSessionError, type MqttSessionErrorCode } from './mqtt-session.ts';

/** How the server is known. */
export interface ServerTrust {
  /** Root certificates in PEM; nothing else is trusted. */
  readonly roots: readonly string[];
  /** The name to ask for and to find in the certificate, when it is not the host that is dialled. */
  readonly serverName?: string;
}

export interface TlsRequest extends ServerTrust {
  readonly endpoint: Endpoint;
  readonly identity: MqttIdentity | MqttPassword;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Opens a TLS connection: mutually authenticated where the client has a certificate, else to where it may give a password.
 * @throws MqttSessionError
 */
export const openTls = async (request: TlsRequest): Promise<TLSSocket> => {
  const socket = dial(request);
  const failure = await outcomeOf(socket, request);
  if (failure === undefined) return socket;
  socket.on('error', () => undefined).destroy();
  throw failure;
};

const outcomeOf = (socket: TLSSocket, request: TlsRequest): Promise<MqttSessionError | undefined> =>
  new Promise((resolve) => {
    const failAs = (code: MqttSessionErrorCode, message: string) => () => {
      resolve(new MqttSessionError(code, `${at(request)}: ${message}.`));
    };
    const failAsClosed = failAs('unreachable', 'closed before TLS was established');
    request.signal.addEventListener('abort', failAs('timed-out', 'no TLS connection in time'));
    socket.once('close', failAsClosed);
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      resolve(errorOf(request, cause));
    });
    socket.once('secureConnect', () => {
      socket.off('close', failAsClosed);
      resolve(undefined);
    });
  });

const dial = (request: TlsRequest): TLSSocket => {
  try {
    return connect(tlsOptionsOf(request)).setNoDelay(true);
  } catch (cause) {
    throw new MqttSessionError('bad-identity', `The certificate and its key cannot be used: ${messageOf(cause)}.`, { cause });
  }
};

/** How this request is dialled; the server is verified whatever the request says. */
export const tlsOptionsOf = ({ endpoint, identity, roots, serverName = endpoint.host }: Omit<TlsRequest, 'signal'>): ConnectionOptions => ({
  host: endpoint.host,
  port: endpoint.port,
  // SNI carries names only (RFC 6066 §3); an address is still compared with the certificate.
  ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
  ...(isCertificate(identity) ? withCertificate(endpoint, identity) : { ALPNProtocols: ['mqtt'] }),
  ca: [...roots],
  minVersion: 'TLSv1.2',
  rejectUnauthorized: true,
});

const withCertificate = ({ port }: Endpoint, { certificatePem, privateKeyPem }: MqttIdentity): ConnectionOptions => ({
  ...(port === ALPN_PORT ? { ALPNProtocols: ['x-amzn-mqtt-ca'] } : {}),
  cert: certificatePem,
  key: privateKeyPem,
});

const CLOCK_CODES = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED']);
const TRUST_CODES = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
]);

const errorOf = (request: TlsRequest, cause: NodeJS.ErrnoException): MqttSessionError => {
  const code = codeOf(cause.code ?? '');
  const explanation: Readonly<Partial<Record<MqttSessionErrorCode, string>>> = {
    clock: "the server's certificate is not valid at the time that this device's clock shows",
    'untrusted-server': 'the server is not the one that the trusted roots vouch for',
    lost: isCertificate(request.identity)
      ? 'the server refused the TLS connection, as it does with a client certificate that it does not know'
      : 'the server refused the TLS connection, as it does on a port where it takes no password',
  };
  const reason = explanation[code];
  return new MqttSessionError(code, `${at(request)}: ${reason === undefined ? '' : `${reason}: `}${messageOf(cause)}.`, { cause });
};

const codeOf = (code: string): MqttSessionErrorCode => {
  if (CLOCK_CODES.has(code)) return 'clock';
  if (TRUST_CODES.has(code)) return 'untrusted-server';
  // A TLS alert is the server's own word; what else fails on the way is the way.
  return code.includes('ALERT') ? 'lost' : 'unreachable';
};

const at = ({ endpoint }: TlsRequest): string => `${endpoint.host}:${endpoint.port}`;

const messageOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : String(cause);
