import type { ApiResponse } from '../gateway/api-service.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';
import { wordToken } from './access-token.ts';
import { authenticateClient, type TokenDoor } from './authenticate-client.ts';
import type { Client } from './clients.ts';
import { type ProofTerms, readProof } from './dpop-proof.ts';
import { OAuthError, oauthRefusal, tokenAnswer } from './oauth-error.ts';
import type { SigningKeys } from './signing-keys.ts';

export type TokenTerms = TokenDoor & ProofTerms & { readonly issuer: string; readonly keys: SigningKeys };

const longestBody = 65_536;

/** Parameters come in the body, once each (RFC 6749 §3.2). */
const readForm = ({ method, headers, body }: UnsignedRequest): URLSearchParams => {
  if (method !== 'POST') throw new OAuthError('invalid_request', 'Tokens are asked for by POST.');
  const isForm = (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
  if (!isForm || body.length > longestBody) throw new OAuthError('invalid_request', 'The body is no form, or too long.');
  const form = new URLSearchParams(body.toString('utf8'));
  const names = [...form.keys()].filter((name) => name !== 'resource');
  if (new Set(names).size !== names.length) throw new OAuthError('invalid_request', 'A parameter comes twice.');
  return form;
};

/** Who asks for nothing gets all that the client may have (RFC 6749 §3.3). */
const grantedScopes = ({ scopes }: Client, asked: string | null): readonly string[] => {
  const wanted = (asked ?? '').split(' ').filter((one) => one !== '');
  if (wanted.some((one) => !scopes.includes(one))) throw new OAuthError('invalid_scope', 'The client may not have one of these scopes.');
  return wanted.length === 0 ? scopes : [...new Set(wanted)];
};

/** A resource that the tokens are not for cannot be asked for (RFC 8707 §2). */
const refuseOtherResources = (client: Client, resources: readonly string[]): void => {
  const known: readonly string[] = client.profile === 'cognito' ? [] : [client.audience].flat();
  if (resources.some((one) => !known.includes(one)))
    throw new OAuthError('invalid_target', "The client's tokens are not for that resource.");
};

const issue = async (terms: TokenTerms, request: UnsignedRequest): Promise<ApiResponse> => {
  const form = readForm(request);
  const client = await authenticateClient(terms, request.headers['authorization'], form);
  if (form.get('grant_type') !== 'client_credentials') {
    throw new OAuthError('unsupported_grant_type', 'There is the grant client_credentials and no other.');
  }
  refuseOtherResources(client, form.getAll('resource'));
  const scopes = grantedScopes(client, form.get('scope'));
  const proof = client.profile === 'cognito' ? undefined : request.headers['dpop'];
  const jkt = proof === undefined ? undefined : await readProof(proof, terms);
  const { claims, header } = wordToken({ issuer: terms.issuer, client, scopes, jkt, nowMs: terms.nowMs() });
  return tokenAnswer({
    access_token: await terms.keys.sign(claims, header),
    token_type: jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: client.tokenSeconds,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  });
};

/** Answers a token request (RFC 6749 §4.4): an access token, or why there is none. */
export const answerTokenRequest = async (terms: TokenTerms, request: UnsignedRequest): Promise<ApiResponse> => {
  try {
    return await issue(terms, request);
  } catch (error) {
    if (error instanceof OAuthError) return oauthRefusal(error);
    throw error;
  }
};
