import { UnusableMeansError } from '../../../domain/prover.ts';
import { MAX_TOKEN_LENGTH } from '../evidence.ts';
import { type JsonObject, readJsonObject } from '../evidence/json-object.ts';
import { IssuerError } from './issuer-error.ts';

const MAX_BYTES = 65_536;
const SIGNED_TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const ERROR_CODE = /^[a-z_]{1,40}$/;

// Refusals that will be the same the next time, until somebody changes what the client is given or allowed (RFC 6749 §5.2).
const LASTING = ['invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_target', 'unsupported_grant_type', 'invalid_request'];

/** A token, and for how many seconds it counts where the issuer says so. */
export interface IssuedToken {
  readonly token: string;
  readonly seconds: number | undefined;
}

/** What an issuer said: a token, or that it wants its own nonce in the proof (RFC 9449 §8). */
export type TokenResponse = IssuedToken | { readonly wantedNonce: string };

/**
 * Reads the answer of a token endpoint.
 * @throws UnusableMeansError where asking again will not help
 * @throws IssuerError for every other answer that is no token
 */
export const readTokenResponse = async (response: Response): Promise<TokenResponse> => {
  const body = await readBody(response);
  if (response.status === 200) return tokenIn(body);
  const code = typeof body?.['error'] === 'string' && ERROR_CODE.test(body['error']) ? body['error'] : undefined;
  const nonce = response.headers.get('dpop-nonce');
  if (code === 'use_dpop_nonce' && nonce !== null) return { wantedNonce: nonce };
  const said = `The issuer gave no token: status ${response.status}${code === undefined ? '' : `, ${code}`}.`;
  throw code !== undefined && LASTING.includes(code) ? new UnusableMeansError(said) : new IssuerError(said);
};

const tokenIn = (body: JsonObject | undefined): IssuedToken => {
  const token = body?.['access_token'];
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH || !SIGNED_TOKEN.test(token))
    throw new UnusableMeansError(`The issuer's tokens are not signed texts (RFC 9068) of ${MAX_TOKEN_LENGTH} characters at the most.`);
  const seconds = body?.['expires_in'];
  return { token, seconds: typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined };
};

const readBody = async (response: Response): Promise<JsonObject | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new IssuerError(`The issuer answered with more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return readJsonObject(Buffer.concat(chunks));
};
