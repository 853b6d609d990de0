import type { ApiResponse } from '../gateway/api-service.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';
import { Clients, type RegisteredClient } from './clients.ts';
import { type ClientRequest, clientRequest, type IssuerRequest, issuerRequest, signingAlgorithms } from './issuer-settings.ts';
import { SigningKeys } from './signing-keys.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import { UsedOnce } from './used-once.ts';

/** Where an issuer is, as its metadata say (RFC 8414 §2). */
export interface IssuerAddresses {
  /** What `iss` says. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
}

const json = (body: object, maxAgeSeconds: number): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': `public, max-age=${String(maxAgeSeconds)}` },
  body: JSON.stringify(body),
});

/**
 * An OAuth 2.0 authorization server for devices: client credentials in, signed access tokens out. Its time is the machine's, as the
 * functions' is that judge its tokens. Paths below its URL are those of a user pool of Amazon Cognito and of its domain together:
 * `/oauth2/token`, `/.well-known/jwks.json`, `/.well-known/openid-configuration`.
 */
export class LocalIssuer {
  readonly name: string;
  readonly #address: () => string;
  readonly #keys: SigningKeys;
  readonly #clients = new Clients();
  readonly #assertions = new UsedOnce();
  readonly #proofs = new UsedOnce();
  readonly #nowMs: () => number;

  private constructor(name: string, address: () => string, { keys, nowMs }: { readonly keys: SigningKeys; readonly nowMs: () => number }) {
    this.name = name;
    this.#address = address;
    this.#keys = keys;
    this.#nowMs = nowMs;
  }

  /** `address`: the issuer's URL, known once the gateway listens. */
  static async make(request: IssuerRequest, address: () => string, nowMs: () => number = Date.now): Promise<LocalIssuer> {
    const { name, algorithm } = issuerRequest.parse(request);
    return new LocalIssuer(name, address, { keys: await SigningKeys.make(algorithm), nowMs });
  }

  get addresses(): IssuerAddresses {
    const issuer = this.#address();
    return { issuer, tokenEndpoint: `${issuer}/oauth2/token`, jwksUri: `${issuer}/.well-known/jwks.json` };
  }

  /** Registers a client; its secret is told once. Throws `AwsError` `Conflict` when there is one of that id. */
  register(request: ClientRequest): RegisteredClient {
    return this.#clients.register(clientRequest.parse(request));
  }

  /** Whether there was such a client. Tokens that it has stay good until they end. */
  removeClient(clientId: string): boolean {
    return this.#clients.remove(clientId);
  }

  /** Signs with a new key from now on; the newest `keep` of the older ones stay published. Resolves with the new one's `kid`. */
  rotateKeys(keep = 1): Promise<string> {
    return this.#keys.rotate(keep);
  }

  /** Signs claims that no grant would give. */
  sign(claims: Readonly<Record<string, unknown>>, header: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return this.#keys.sign(claims, header);
  }

  keySet(): ApiResponse {
    return json(this.#keys.published, 300);
  }

  metadata(): ApiResponse {
    const { issuer, tokenEndpoint, jwksUri } = this.addresses;
    const algorithms = {
      token_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
      dpop_signing_alg_values_supported: signingAlgorithms,
    };
    return json(
      {
        ...{ issuer, token_endpoint: tokenEndpoint, jwks_uri: jwksUri },
        ...{ grant_types_supported: ['client_credentials'], response_types_supported: ['token'] },
        ...{ token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'], ...algorithms },
        ...{ subject_types_supported: ['public'], id_token_signing_alg_values_supported: [this.#keys.algorithm] },
      },
      300,
    );
  }

  token(request: UnsignedRequest): Promise<ApiResponse> {
    const { issuer, tokenEndpoint } = this.addresses;
    return answerTokenRequest(
      {
        ...{ issuer, tokenEndpoint, audiences: [issuer, tokenEndpoint], keys: this.#keys, clients: this.#clients },
        ...{ assertions: this.#assertions, proofs: this.#proofs, nowMs: this.#nowMs },
      },
      request,
    );
  }
}
