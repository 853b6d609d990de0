import { AwsError } from '../aws-error.ts';
import type { UnsignedRoute } from '../gateway/account-entrance.ts';
import type { ApiResponse } from '../gateway/api-service.ts';
import { oauthJsonError } from '../gateway/oauth-json-error.ts';
import type { RequestInterceptor } from '../gateway/request-interceptor.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';
import type { IssuerRequest } from './issuer-settings.ts';
import { LocalIssuer } from './local-issuer.ts';

/** Where issuers lie on the gateway: no AWS API has such a path, and no bucket such a name. */
export const issuerPrefix = '/_oauth/';

/** Where RFC 8414 §3.1 looks for the metadata of an issuer whose URL has a path. */
export const wellKnownPrefix = `/.well-known/oauth-authorization-server${issuerPrefix}`;

/** Faults and the request log know issuers as a service of this name. */
const serviceName = 'oauth';

type Answer = (issuer: LocalIssuer, request: UnsignedRequest) => Promise<ApiResponse> | ApiResponse;

const operations: Readonly<Record<string, { readonly operation: string; readonly method: string; readonly answer: Answer }>> = {
  '/oauth2/token': { operation: 'Token', method: 'POST', answer: (issuer, request) => issuer.token(request) },
  '/.well-known/jwks.json': { operation: 'KeySet', method: 'GET', answer: (issuer) => issuer.keySet() },
  '/.well-known/openid-configuration': { operation: 'Metadata', method: 'GET', answer: (issuer) => issuer.metadata() },
};

const notFound = (what: string): AwsError => new AwsError('NotFound', `There is no ${what}.`, { status: 404 });

/** `<name>` and the path below it; the place of RFC 8414 means the same as the one of OpenID Connect. */
const locate = (path: string): readonly [name: string, below: string] => {
  if (path.startsWith(wellKnownPrefix)) return [path.slice(wellKnownPrefix.length), '/.well-known/openid-configuration'];
  const [name = '', ...below] = path.slice(issuerPrefix.length).split('/');
  return [name, `/${below.join('/')}`];
};

export interface IssuersOptions {
  /** The gateway's address, known once it listens. */
  readonly endpoint: () => string;
  /** What stands between issuers and those who ask them: faults and the request log. */
  readonly intercept: RequestInterceptor;
}

/**
 * OAuth 2.0 issuers beside the local AWS, at `<endpoint>/_oauth/<name>`. They belong to no account and outlive a reset, as somebody
 * else's would.
 */
export class Issuers {
  readonly #byName = new Map<string, LocalIssuer>();
  readonly #options: IssuersOptions;

  constructor(options: IssuersOptions) {
    this.#options = options;
  }

  /** @throws AwsError `Conflict` when there is one of that name. */
  async create(request: IssuerRequest): Promise<LocalIssuer> {
    const made = await LocalIssuer.make(request, () => `${this.#options.endpoint()}${issuerPrefix}${request.name}`);
    if (this.#byName.has(made.name)) throw new AwsError('Conflict', `There is an issuer ${made.name} already.`, { status: 409 });
    this.#byName.set(made.name, made);
    return made;
  }

  list(): readonly LocalIssuer[] {
    return [...this.#byName.values()];
  }

  /** @throws AwsError `NotFound` */
  get(name: string): LocalIssuer {
    const issuer = this.#byName.get(name);
    if (issuer === undefined) throw notFound(`issuer ${name}`);
    return issuer;
  }

  /** @throws AwsError `NotFound` */
  remove(name: string): void {
    this.get(name);
    this.#byName.delete(name);
  }

  /** Answers what is asked below the prefixes. */
  readonly route: UnsignedRoute = (request) => {
    const [name, below] = locate(request.path);
    const known = Object.hasOwn(operations, below) ? operations[below] : undefined;
    const proceed = async (): Promise<ApiResponse> => {
      if (known?.method !== request.method) return oauthJsonError(notFound(`${request.method} ${request.path}`));
      try {
        return await known.answer(this.get(name), request);
      } catch (thrown) {
        if (thrown instanceof AwsError) return oauthJsonError(thrown);
        throw thrown;
      }
    };
    return this.#options.intercept({ service: serviceName, operation: known?.operation, caller: name, request }, proceed);
  };
}
