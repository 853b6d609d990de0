import { AwsError } from '../aws-error.ts';
import type { AddressedEndpoint, AddressedRoute } from './addressed-endpoint.ts';
import type { ApiResponse, ApiService, Caller } from './api-service.ts';
import type { CallerDirectory, KeyLookup } from './caller-directory.ts';
import type { CredentialScope } from './credential-scope.ts';
import { operationNameOf } from './operation-name.ts';
import { refuseInProtocol, unknownKeyCode } from './refuse-in-protocol.ts';
import { asAwsError } from './fault.ts';
import type { ApiAnswer, RequestInterceptor } from './request-interceptor.ts';
import { isSignedWith } from './sigv4.ts';
import type { UnsignedRequest } from './unsigned-request.ts';

export type UnsignedRoute = (request: UnsignedRequest) => Promise<ApiAnswer> | ApiAnswer;

/** What the gateway asks of one account. */
export interface Entrance {
  /** Whose access key it is, if the account gave it out. */
  find(accessKeyId: string, sessionToken: string | undefined): KeyLookup;
  /** The route for an unsigned request, if the account has one. */
  unsignedRoute(path: string): UnsignedRoute | undefined;
  /** The endpoint of the account that a request is addressed to, if it is. */
  addressedRoute(request: UnsignedRequest): AddressedRoute | undefined;
  /** Who signed the request. Throws `AwsError` when the signature does not hold. */
  authenticate(request: UnsignedRequest, scope: CredentialScope): Caller;
  /** Answers a signed request: authenticates it and hands it to the service that its scope names. Never throws. */
  answer(request: UnsignedRequest, scope: CredentialScope): Promise<ApiAnswer>;
}

/** The token that came with a temporary key. */
export const sessionTokenOf = ({ headers, query }: UnsignedRequest): string | undefined =>
  headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token') ?? undefined;

const signatureMismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.';

const callerOf = (callers: CallerDirectory, scope: CredentialScope, request: UnsignedRequest): Caller => {
  const lookup = callers.find(scope.accessKeyId, sessionTokenOf(request));
  if (lookup.isKnown && isSignedWith(lookup.secretAccessKey, request, scope)) return lookup.caller;
  if (lookup.isKnown) throw new AwsError('SignatureDoesNotMatch', signatureMismatch, { status: 403 });
  if (lookup.reason === 'expired')
    throw new AwsError('ExpiredToken', 'The security token included in the request is expired', { status: 403 });
  throw new AwsError(unknownKeyCode(request, scope.signingName), 'The security token included in the request is invalid.', { status: 403 });
};

/** One account's side of the gateway: its callers, its services and the paths that take unsigned requests. */
export class AccountEntrance implements Entrance {
  readonly #callers: CallerDirectory;
  readonly #services = new Map<string, ApiService>();
  readonly #unsigned: { readonly prefix: string; readonly route: UnsignedRoute }[] = [];
  readonly #addressed: AddressedEndpoint[] = [];
  readonly #intercept: RequestInterceptor;

  /** Unless somebody intercepts, every signed request goes straight to its service. */
  constructor(callers: CallerDirectory, intercept: RequestInterceptor = (_call, proceed) => proceed()) {
    this.#callers = callers;
    this.#intercept = intercept;
  }

  register(...services: readonly ApiService[]): this {
    for (const service of services) for (const name of service.signingNames) this.#services.set(name, service);
    return this;
  }

  /** Answers unsigned requests whose path starts with `prefix`, such as presigned answers of custom resources. */
  routeUnsigned(prefix: string, route: UnsignedRoute): this {
    this.#unsigned.push({ prefix, route });
    return this;
  }

  /** Takes in endpoints that answer at addresses of their own. */
  address(...endpoints: readonly AddressedEndpoint[]): this {
    this.#addressed.push(...endpoints);
    return this;
  }

  find(accessKeyId: string, sessionToken: string | undefined): KeyLookup {
    return this.#callers.find(accessKeyId, sessionToken);
  }

  unsignedRoute(path: string): UnsignedRoute | undefined {
    return this.#unsigned.find(({ prefix }) => path.startsWith(prefix))?.route;
  }

  addressedRoute(request: UnsignedRequest): AddressedRoute | undefined {
    for (const endpoint of this.#addressed) {
      const route = endpoint(request);
      if (route !== undefined) return route;
    }
    return undefined;
  }

  authenticate(request: UnsignedRequest, scope: CredentialScope): Caller {
    return callerOf(this.#callers, scope, request);
  }

  async answer(request: UnsignedRequest, scope: CredentialScope): Promise<ApiAnswer> {
    const { accessKeyId, signingName: service } = scope;
    const proceed = async (): Promise<ApiResponse> => {
      try {
        return await this.#serve(request, scope);
      } catch (thrown) {
        return refuseInProtocol(asAwsError(thrown), request, service);
      }
    };
    const lookup = this.find(accessKeyId, sessionTokenOf(request));
    const caller = lookup.isKnown ? lookup.caller.arn : accessKeyId;
    try {
      return await this.#intercept({ service, operation: operationNameOf(this.#services.get(service), request), caller, request }, proceed);
    } catch (thrown) {
      return refuseInProtocol(asAwsError(thrown), request, service);
    }
  }

  async #serve(request: UnsignedRequest, scope: CredentialScope): Promise<ApiResponse> {
    const caller = callerOf(this.#callers, scope, request);
    const service = this.#services.get(scope.signingName);
    if (service !== undefined) return service.handle({ ...request, caller: { ...caller, userAgent: request.headers['user-agent'] } });
    const what = request.headers['x-amz-target'] ?? new URLSearchParams(request.body.toString('latin1')).get('Action') ?? request.path;
    const message = `The local AWS has no service '${scope.signingName}' (${request.method} ${what}). Its README lists what it does.`;
    throw new AwsError('UnknownOperationException', message, { status: 404 });
  }
}
