import type { ApiResponse } from '../gateway/api-service.ts';

/** The refusals of a token endpoint (RFC 6749 §5.2, RFC 9449 §5, RFC 8707 §2). */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'invalid_target'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_dpop_proof';

/** A request that the token endpoint refuses. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;

  constructor(code: OAuthErrorCode, description: string) {
    super(description);
    this.name = 'OAuthError';
    this.code = code;
  }
}

/** Nothing that the endpoint says may be kept (RFC 6749 §5.1). */
const unkept = { 'cache-control': 'no-store', pragma: 'no-cache' };

export const tokenAnswer = (body: object): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...unkept },
  body: JSON.stringify(body),
});

/** A client that tried HTTP authentication is told which one there is (RFC 6749 §5.2). */
export const oauthRefusal = ({ code, message }: OAuthError): ApiResponse => ({
  status: code === 'invalid_client' ? 401 : 400,
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    ...unkept,
    ...(code === 'invalid_client' ? { 'www-authenticate': 'Basic realm="token"' } : {}),
  },
  body: JSON.stringify({ error: code, error_description: message }),
});
