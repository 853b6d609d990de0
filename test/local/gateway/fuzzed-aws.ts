import { connect, type Socket } from 'node:net';
import { signatureOf } from '../../../local/gateway/sigv4.ts';
import type { LocalAws } from '../../../local/main.ts';

/** An answer as bytes came over the wire. */
export interface RawAnswer {
  /** Undefined when the connection was closed without one. */
  readonly status: number | undefined;
  readonly headers: string;
  readonly body: string;
}

// Far more than any answer takes, far less than a hang.
const patienceMs = 10_000;

const readAnswer = (text: string): RawAnswer => {
  const [headers = '', ...rest] = text.split('\r\n\r\n');
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(headers) ?? [];
  return { status: status === undefined ? undefined : Number(status), headers, body: rest.join('\r\n\r\n') };
};

/** Sends bytes, says that there are no more, and reads until the other side is done. Rejects when it never is. */
export const exchange = (endpoint: string, bytes: Uint8Array | string): Promise<RawAnswer> =>
  converse(endpoint, bytes, (socket) => socket.end(bytes));

/** Sends a request and waits for its answer, as clients do: who hangs up before is not answered. */
export const ask = (endpoint: string, request: FuzzedRequest): Promise<RawAnswer> => {
  const bytes = written(request);
  return converse(endpoint, bytes, (socket) => socket.write(bytes));
};

const converse = (endpoint: string, bytes: Uint8Array | string, begin: (socket: Socket) => unknown): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(endpoint).port), host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No answer and no end to ${Buffer.from(bytes).toString('latin1').slice(0, 500)}`));
    }, patienceMs);
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(readAnswer(Buffer.concat(chunks).toString()));
    };
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('end', finish);
    socket.once('close', finish);
    socket.once('error', finish); // a reset is an end, too
    begin(socket);
  });

export interface FuzzedRequest {
  readonly method: string;
  /** With its query, as it is to stand in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** A request as bytes; the connection ends after it. */
export const written = ({ method, target, headers, body }: FuzzedRequest): Buffer => {
  const bytes = Buffer.from(body);
  const all = { host: '127.0.0.1', connection: 'close', 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
};

/** The same request, signed for a service with the administrator's key. */
export const signed = ({ credentials, account }: LocalAws, service: string, request: FuzzedRequest): FuzzedRequest => {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = { accessKeyId: credentials.accessKeyId, date: date.slice(0, 8), region: account.region, signingName: service };
  const credential = `${scope.accessKeyId}/${scope.date}/${scope.region}/${service}/aws4_request`;
  const authorization = (signature: string): string =>
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${signature}`;
  const headers = { ...request.headers, 'x-amz-date': date };
  const [path = '/', ...query] = request.target.split('?');
  const signature = signatureOf(
    credentials.secretAccessKey,
    {
      method: request.method,
      path,
      query: new URLSearchParams(query.join('?')),
      headers: { ...headers, host: '127.0.0.1', authorization: authorization('') },
      body: Buffer.from(request.body),
    },
    scope,
  );
  return { ...request, headers: { ...headers, authorization: authorization(signature) } };
};
