import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { AccessToken } from '../evidence/access-token.ts';
import type { IssuerSettings, OAuthLineSettings } from '../evidence/settings.ts';
import { refusalOfTimes } from './lifetime.ts';
import { partsOpenedBy } from './scopes.ts';

/** What an access token is judged by. */
export interface AccessTokenTerms {
  readonly line: OAuthLineSettings;
  readonly issuer: IssuerSettings;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The settings of a token's issuer, where the line trusts it: the same text, character by character (RFC 9068 §4). */
export const trustedIssuer = (
  { claims }: AccessToken,
  line: OAuthLineSettings,
  issuers: readonly IssuerSettings[],
): IssuerSettings | undefined => (line.issuers.includes(claims.iss) ? issuers.find(({ issuer }) => issuer === claims.iss) : undefined);

/** Why a token of a trusted issuer does not count, whoever signed it (RFC 9068 §4). */
export const refusalOfAccessToken = (token: AccessToken, { line, issuer, at }: AccessTokenTerms): ReasonCode | undefined => {
  const { header, claims } = token;
  if (!issuer.algorithms.includes(header.alg) || !isAccessTokenType(header.typ, issuer)) return 'evidence-refused';
  if (line.senderConstrained && claims.cnf === undefined) return 'evidence-refused';
  if (!isForUs(token, issuer)) return 'token-for-another-audience';
  const untimely = refusalOfTimes({ ...claims, skewSeconds: issuer.clockSkewSeconds }, at);
  if (untimely !== undefined) return untimely;
  return partsOpenedBy(token.all, issuer).length === 0 ? 'scope-missing' : undefined;
};

const isAccessTokenType = (typ: string | undefined, { relaxations }: IssuerSettings): boolean => {
  const type = typ?.toLowerCase(); // media types have no case (RFC 7515 §4.1.9)
  if (type === 'at+jwt' || type === 'application/at+jwt') return true;
  return relaxations.includes('typ') && (type === undefined || type === 'jwt');
};

const isForUs = ({ claims }: AccessToken, { audiences, relaxations }: IssuerSettings): boolean => {
  if (claims.aud !== undefined) return [claims.aud].flat().some((audience) => audiences.includes(audience));
  return relaxations.includes('client-id-as-audience') && audiences.includes(claims.client_id);
};
