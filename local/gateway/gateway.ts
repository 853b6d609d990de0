import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { AwsError } from '../aws-error.ts';
import type { ApiResponse, ApiService, Caller } from './api-service.ts';
import type { CallerDirectory } from './caller-directory.ts';
import type { CredentialScope } from './credential-scope.ts';
import { credentialScopeOf } from './credential-scope.ts';
import { asAwsError } from './fault.ts';
import { readBody } from './read-body.ts';
import { isSignedWith } from './sigv4.ts';
import type { UnsignedRequest } from './unsigned-request.ts';
import { refuseInProtocol, unknownKeyCode } from './refuse-in-protocol.ts';

export type UnsignedRoute = (request: UnsignedRequest) => Promise<ApiResponse> | ApiResponse;

/** The one HTTP endpoint of a local AWS: finds the service by the signature's scope and the caller by the access key. */
export interface Gateway {
  register(...services: readonly ApiService[]): void;
  /** Answers unsigned requests whose path starts with `prefix`, such as presigned answers of custom resources. */
  routeUnsigned(prefix: string, route: UnsignedRoute): void;
  /** Listens on 127.0.0.1; port 0 picks a free one. Resolves with `http://127.0.0.1:<port>`. */
  listen(port: number): Promise<string>;
  stop(): Promise<void>;
}

const lowerCaseHeaders = (message: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );

const receive = async (message: IncomingMessage): Promise<UnsignedRequest> => {
  const [path = '/', ...rest] = (message.url ?? '/').split('?');
  const query = new URLSearchParams(rest.join('?'));
  return { method: message.method ?? 'GET', path, query, headers: lowerCaseHeaders(message), body: await readBody(message) };
};

const send = (response: ServerResponse, answer: ApiResponse, isHead: boolean): void => {
  const body = answer.body ?? '';
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(answer.status, { ...(answer.status === 204 ? {} : length), ...answer.headers });
  response.end(isHead || answer.status === 204 ? undefined : body);
};

const signatureMismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.';

const callerOf = (callers: CallerDirectory, scope: CredentialScope, request: UnsignedRequest): Caller => {
  const token = request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token') ?? undefined;
  const lookup = callers.find(scope.accessKeyId, token);
  if (lookup.isKnown && isSignedWith(lookup.secretAccessKey, request, scope)) return lookup.caller;
  if (lookup.isKnown) throw new AwsError('SignatureDoesNotMatch', signatureMismatch, { status: 403 });
  if (lookup.reason === 'expired')
    throw new AwsError('ExpiredToken', 'The security token included in the request is expired', { status: 403 });
  throw new AwsError(unknownKeyCode(request, scope.signingName), 'The security token included in the request is invalid.', { status: 403 });
};

class HttpGateway implements Gateway {
  readonly #callers: CallerDirectory;
  readonly #services = new Map<string, ApiService>();
  readonly #unsigned: { readonly prefix: string; readonly route: UnsignedRoute }[] = [];
  readonly #server: Server;

  constructor(callers: CallerDirectory) {
    this.#callers = callers;
    this.#server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (message, response) => void this.#serve(message, response));
  }

  register(...services: readonly ApiService[]): void {
    for (const service of services) for (const name of service.signingNames) this.#services.set(name, service);
  }

  routeUnsigned(prefix: string, route: UnsignedRoute): void {
    this.#unsigned.push({ prefix, route });
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
      send(response, await this.#answer(request), request.method === 'HEAD');
    } catch (thrown) {
      send(response, refuseInProtocol(asAwsError(thrown), { headers: lowerCaseHeaders(message) }, undefined), message.method === 'HEAD');
    }
  }

  async #answer(request: UnsignedRequest): Promise<ApiResponse> {
    const scope = credentialScopeOf(request.headers['authorization'], request.query);
    try {
      if (scope !== undefined) return await this.#answerSigned(request, scope);
      const found = this.#unsigned.find(({ prefix }) => request.path.startsWith(prefix));
      if (found !== undefined) return await found.route(request);
      throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
    } catch (thrown) {
      return refuseInProtocol(asAwsError(thrown), request, scope?.signingName);
    }
  }

  async #answerSigned(request: UnsignedRequest, scope: CredentialScope): Promise<ApiResponse> {
    const caller = callerOf(this.#callers, scope, request);
    const service = this.#services.get(scope.signingName);
    if (service !== undefined) return service.handle({ ...request, caller });
    const what = request.headers['x-amz-target'] ?? new URLSearchParams(request.body.toString('latin1')).get('Action') ?? request.path;
    const message = `The local AWS has no service '${scope.signingName}' (${request.method} ${what}). Its README lists what it does.`;
    throw new AwsError('UnknownOperationException', message, { status: 404 });
  }
}

/** Makes a gateway that listens to nobody yet. */
export const createGateway = (callers: CallerDirectory): Gateway => new HttpGateway(callers);
