import { LocalIssuer } from '../../../local/oauth/local-issuer.ts';
import { NOON } from '../../builders/enrollment.ts';
import type { keySet as worldKeys } from './oauth-world.ts';
import { ISSUER } from './oauth-world.ts';

export interface IssuerByFetch {
  readonly issuer: LocalIssuer;
  /** Asks it, and nobody else. */
  readonly fetch: typeof globalThis.fetch;
  /** What it was asked. */
  readonly requests: Request[];
  readonly keySet: () => typeof worldKeys;
}

/** The issuer that stands beside the local AWS, at noon, reached without a network. */
export const issuerByFetch = async (): Promise<IssuerByFetch> => {
  const issuer = await LocalIssuer.make(
    { name: 'fleet', algorithm: 'ES256' },
    () => ISSUER,
    () => NOON,
  );
  const requests: Request[] = [];
  return {
    issuer,
    requests,
    keySet: () => JSON.parse(String(issuer.keySet().body)) as typeof worldKeys,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      if (request.url !== issuer.addresses.tokenEndpoint) throw new TypeError(`Nobody is at ${request.url}.`);
      const headers = Object.fromEntries(request.headers);
      const body = Buffer.from(await request.arrayBuffer());
      const answer = await issuer.token({ method: request.method, path: '/oauth2/token', query: new URLSearchParams(), headers, body });
      return new Response(String(answer.body), { status: answer.status, headers: { ...answer.headers } });
    },
  };
};
