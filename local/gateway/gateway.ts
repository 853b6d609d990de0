import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { AwsError } from '../aws-error.ts';
import type { Entrance } from './account-entrance.ts';
import { sessionTokenOf } from './account-entrance.ts';
import type { AddressedRoute, Signer } from './addressed-endpoint.ts';
import { addressOf } from './addressed-endpoint.ts';
import type { ApiResponse } from './api-service.ts';
import type { CredentialScope } from './credential-scope.ts';
import { credentialScopeOf } from './credential-scope.ts';
import { asAwsError } from './fault.ts';
import { bodyLimit, readBody } from './read-body.ts';
import { refuseInProtocol } from './refuse-in-protocol.ts';
import type { ApiAnswer } from './request-interceptor.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

/** The one HTTP endpoint of a local AWS: finds the account by the access key, which finds the service by the signature's scope. */
export interface Gateway {
  /** Listens on 127.0.0.1; port 0 picks a free one. Resolves with `http://127.0.0.1:<port>`. */
  listen(port: number): Promise<string>;
  stop(): Promise<void>;
}

/** By name and nothing else: a request may ask for a header called `constructor`. */
const lowerCaseHeaders = (message: IncomingMessage): Readonly<Record<string, string>> => {
  const headers = Object.create(null) as Record<string, string>; // an object with no members yet
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  return headers;
};

const receive = async (message: IncomingMessage): Promise<UnsignedRequest> => {
  const [path = '/', ...rest] = (message.url ?? '/').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const headers = lowerCaseHeaders(message);
  const limit = bodyLimit(credentialScopeOf(headers['authorization'], query) !== undefined);
  return { method: message.method ?? 'GET', path, query, headers, body: await readBody(message, limit) };
};

const send = (response: ServerResponse, answer: ApiResponse, isHead: boolean): void => {
  const body = answer.body ?? '';
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const cookies = answer.cookies === undefined ? {} : { 'set-cookie': [...answer.cookies] };
  response.writeHead(answer.status, { ...(answer.status === 204 ? {} : length), ...answer.headers, ...cookies });
  response.end(isHead || answer.status === 204 ? undefined : body);
};

/** What was refused before it was read to the end leaves bytes behind that are no request. */
const refuse = (message: IncomingMessage, response: ServerResponse, thrown: unknown): void => {
  if (response.headersSent) {
    message.socket.destroy();
    return;
  }
  if (!message.complete) response.setHeader('connection', 'close');
  send(response, refuseInProtocol(asAwsError(thrown), { headers: lowerCaseHeaders(message) }, undefined), message.method === 'HEAD');
};

/** The account that gave out the access key. A key that nobody knows is refused by the first. */
const entranceFor = (entrances: readonly Entrance[], scope: CredentialScope, request: UnsignedRequest): Entrance | undefined => {
  const token = sessionTokenOf(request);
  const isOwner = (entrance: Entrance): boolean => {
    const lookup = entrance.find(scope.accessKeyId, token);
    return lookup.isKnown || lookup.reason === 'expired';
  };
  return (entrances.length > 1 ? entrances.find(isOwner) : undefined) ?? entrances[0];
};

const answerUnsigned = async (entrances: readonly Entrance[], request: UnsignedRequest): Promise<ApiAnswer> => {
  for (const entrance of entrances) {
    const route = entrance.unsignedRoute(request.path);
    if (route !== undefined) return route(request);
  }
  throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
};

const signerOf = (entrances: readonly Entrance[], scope: CredentialScope | undefined, request: UnsignedRequest): Signer => {
  const entrance = scope === undefined ? undefined : entranceFor(entrances, scope, request);
  if (scope === undefined || entrance === undefined) return { kind: 'nobody' };
  try {
    return { kind: 'caller', caller: entrance.authenticate(request, scope), signingName: scope.signingName };
  } catch (thrown) {
    return { kind: 'refused', refusal: asAwsError(thrown) };
  }
};

/** Whatever address a request is for, it belongs to one account, which need not be the signer's. */
const addressedRoute = (entrances: readonly Entrance[], request: UnsignedRequest): AddressedRoute | undefined =>
  addressOf(request) === undefined
    ? undefined
    : entrances.map((entrance) => entrance.addressedRoute(request)).find((route) => route !== undefined);

/** What is slower than this is cut off; Node answers 408. */
const timing = { noDelay: true, keepAliveTimeout: 60_000, headersTimeout: 60_000, requestTimeout: 300_000 };

class HttpGateway implements Gateway {
  readonly #entrances: readonly Entrance[];
  readonly #server: Server;

  constructor(entrances: readonly Entrance[]) {
    this.#entrances = entrances;
    this.#server = createServer(timing, (message, response) => void this.#serve(message, response));
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The gateway listens on no TCP port.');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await receive(message);
      const answer = await this.#answer(request);
      if (answer === 'hang-up') message.socket.destroy();
      else send(response, answer, request.method === 'HEAD');
    } catch (thrown) {
      refuse(message, response, thrown);
    }
  }

  async #answer(request: UnsignedRequest): Promise<ApiAnswer> {
    const scope = credentialScopeOf(request.headers['authorization'], request.query);
    const addressed = addressedRoute(this.#entrances, request);
    if (addressed !== undefined) return addressed({ ...request, signer: signerOf(this.#entrances, scope, request) });
    const entrance = scope === undefined ? undefined : entranceFor(this.#entrances, scope, request);
    if (scope !== undefined && entrance !== undefined) return entrance.answer(request, scope);
    return answerUnsigned(this.#entrances, request);
  }
}

/** Makes a gateway to one or more accounts that listens to nobody yet. */
export const createGateway = (...entrances: readonly Entrance[]): Gateway => new HttpGateway(entrances);
