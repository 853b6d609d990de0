import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, SignJWT, UnsecuredJWT } from 'jose';
import { oauthSettingsOf } from '../../../approaches/oauth/settings.ts';
import { PROOF_PURPOSE, PROOF_TYPE, tokenHashOf } from '../../../approaches/oauth/evidence/proof.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';

export const ISSUER = 'https://issuer.example';
export const COGNITO = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example';
export const AUDIENCE = 'https://iot.example';
export const PROJECT = 'a-google-project';
export const SERVER = 'example-ats.iot.eu-west-1.amazonaws.com';
export const TRACKER_PATH = 'projects/p/locations/l/registries/r/devices';
export const NOW_SECONDS = NOON / 1000;

/** `tracker` takes bearers, `lock` bound tokens alone, `legacy` tokens of its own devices, `pool` those of an issuer like Cognito. */
export const SETTINGS = oauthSettingsOf(
  parseConfiguration(
    {
      lines: [
        { name: 'tracker', approaches: ['oauth'] },
        { name: 'lock', approaches: ['oauth'] },
        { name: 'legacy', approaches: ['oauth'], clientIds: { path: TRACKER_PATH } },
        { name: 'pool', approaches: ['oauth'] },
      ],
      approaches: {
        oauth: {
          issuers: [
            { issuer: ISSUER, audience: AUDIENCE, jwksUri: `${ISSUER}/keys` },
            {
              issuer: COGNITO,
              audience: 'client-1',
              relaxations: ['typ', 'client-id-as-audience'],
              scopes: { 'iot/own': ['own'] },
            },
          ],
          lines: {
            tracker: { issuers: [ISSUER] },
            lock: { issuers: [ISSUER], senderConstrained: true },
            legacy: { deviceTokens: { audience: PROJECT } },
            pool: { issuers: [COGNITO] },
          },
        },
      },
    },
    ['pki', 'oauth'],
  ),
).settings;

export const CLIENT_ID_LINES = [{ name: aLine('legacy'), clientIdPath: TRACKER_PATH }];

export interface KeyPair {
  readonly alg: 'ES256' | 'RS256';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const anEcKey = (): KeyPair => ({ alg: 'ES256', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) });
export const anRsaKey = (modulusLength = 2048): KeyPair => ({ alg: 'RS256', ...generateKeyPairSync('rsa', { modulusLength }) });
export const jwkOf = ({ publicKey }: KeyPair) => publicKey.export({ format: 'jwk' });
export const spkiOf = ({ publicKey }: KeyPair): string => publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
export const pemOf = ({ privateKey }: KeyPair): string => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const thumbprintOf = (pair: KeyPair): Promise<string> => calculateJwkThumbprint(jwkOf(pair), 'sha256');

export type Members = Readonly<Record<string, unknown>>;

/** Signs whatever is to be signed, rightly or wrongly. */
export const sign = async (claims: Members, { alg, privateKey }: KeyPair, header: Members = {}): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, ...header }).sign(privateKey, { crit: { exp: true } });

/** A token that nobody signed (RFC 7519 §6). */
export const unsigned = (claims: Members): string => new UnsecuredJWT({ ...claims }).encode();

/** As an issuer's, whose key set holds two keys of one kind and one of another. */
export const issuerKeys = { first: anEcKey(), second: anEcKey(), rsa: anRsaKey() };

export const keySet = {
  keys: [
    { ...jwkOf(issuerKeys.first), kid: 'first' },
    { ...jwkOf(issuerKeys.second), kid: 'second' },
    { ...jwkOf(issuerKeys.rsa), kid: 'rsa' },
  ],
};

/** Claims of an hour's token for a subject (RFC 9068 §2.2). */
export const tokenClaims = (subject: string, more: Members = {}): Members => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: subject,
  client_id: subject,
  jti: 'token-1',
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 3600,
  scope: 'muster:own',
  ...more,
});

export const TOKEN_HEADER = { typ: 'at+jwt', kid: 'first' };

export const proofClaims = (token: string, clientId: string, more: Members = {}): Members => ({
  purpose: PROOF_PURPOSE,
  aud: SERVER,
  client_id: clientId,
  iat: NOW_SECONDS,
  counter: 1,
  jti: 'AAAAAAAAAAAAAAAAAAAAAA',
  ath: tokenHashOf(token),
  ...more,
});

export const proofHeader = (pair: KeyPair): Members => ({ typ: PROOF_TYPE, jwk: jwkOf(pair) });

export const aPresentation = (clientId: string, password: string, more: Partial<ConnectionPresentation> = {}): ConnectionPresentation => ({
  at: NOON,
  connectionId: '2d0a4f3e-1111-4222-8333-444455556666',
  serverName: SERVER,
  clientId,
  username: clientId,
  password,
  ...more,
});
