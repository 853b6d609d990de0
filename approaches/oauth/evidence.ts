import { type AccessToken, readAccessToken } from './evidence/access-token.ts';
import { type DeviceToken, readDeviceToken } from './evidence/device-token.ts';
import { readJws } from './evidence/jws.ts';
import { readTokenProof, type TokenProof } from './evidence/proof.ts';

/** Longer than any token that has been met, and short enough to be read at leisure. */
export const MAX_TOKEN_LENGTH = 6144;
export const MAX_PROOF_LENGTH = 2048;

/**
 * What a device sends as its password, in ASCII:
 * - `<access token>`: from an issuer; whoever has it is the device for as long as it lives
 * - `<access token>,<proof>`: bound to a key, and the proof that the device holds that key
 * - `<device token>`: signed by the device itself. It names no issuer, which is how the two are told apart
 */
export type OAuthEvidence =
  | { readonly kind: 'access-token'; readonly token: AccessToken; readonly proof?: TokenProof }
  | { readonly kind: 'device-token'; readonly token: DeviceToken };

/** Reads a password, or `undefined` where it is not what such devices send. Nothing in it is to be believed yet. */
export const readOAuthEvidence = (password: string): OAuthEvidence | undefined => {
  if (password.length > MAX_TOKEN_LENGTH + 1 + MAX_PROOF_LENGTH) return undefined;
  const [first = '', second, ...more] = password.split(',');
  if (more.length > 0 || first.length > MAX_TOKEN_LENGTH || (second?.length ?? 0) > MAX_PROOF_LENGTH) return undefined;
  const jws = readJws(first);
  if (jws === undefined) return undefined;
  if (!('iss' in jws.claims)) return second === undefined ? deviceEvidence(readDeviceToken(jws)) : undefined;
  return accessEvidence(readAccessToken(jws), second);
};

const deviceEvidence = (token: DeviceToken | undefined): OAuthEvidence | undefined => token && { kind: 'device-token', token };

const accessEvidence = (token: AccessToken | undefined, second: string | undefined): OAuthEvidence | undefined => {
  if (token === undefined) return undefined;
  if (second === undefined) return { kind: 'access-token', token };
  const jws = readJws(second);
  const proof = jws && readTokenProof(jws);
  return proof && { kind: 'access-token', token, proof };
};
