import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';

// API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers": keys are cached for two hours at most.
const cacheMs = 7_200_000;
const patienceMs = 1500;
const maxIssuers = 100;

const discovery = z.object({ jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional(), kty: z.string() })) });

type Key = z.output<typeof keySet>['keys'][number];

const fetchJson = async (url: string): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  return response.ok ? response.json() : undefined;
};

/** Public keys of token issuers, found by their OpenID configuration. */
export class IssuerKeys {
  readonly #clock: Clock;
  readonly #cache = new Map<string, { readonly keys: readonly Key[]; readonly untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The key that a token names; undefined when the issuer has none like that. Rejects when the issuer cannot be reached. */
  async find(issuer: string, keyId: string | undefined): Promise<KeyObject | undefined> {
    const keys = await this.#keysOf(issuer);
    const key = keys.find(({ kid, kty }) => kty === 'RSA' && kid === keyId);
    return key === undefined ? undefined : createPublicKey({ key, format: 'jwk' });
  }

  async #keysOf(issuer: string): Promise<readonly Key[]> {
    const cached = this.#cache.get(issuer);
    if (cached !== undefined && cached.untilMs > this.#clock.now()) return cached.keys;
    const { jwks_uri } = discovery.parse(await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`));
    const { keys } = keySet.parse(await fetchJson(jwks_uri));
    if (this.#cache.size >= maxIssuers) this.#cache.clear();
    this.#cache.set(issuer, { keys, untilMs: this.#clock.now() + cacheMs });
    return keys;
  }
}
