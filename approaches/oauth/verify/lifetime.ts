import type { SessionTimes } from '../../../domain/connection/connection-verdict.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';

/** AWS IoT keeps no connection for less (Developer Guide, "Defining your Lambda function"), and none outlives its token. */
export const MIN_TOKEN_SECONDS = 300;
const MAX_SESSION_SECONDS = 86_400;

/** From when to when a token counts, in seconds since the epoch, and how far its maker's clock may be ahead. */
export interface TokenTimes {
  readonly iat: number;
  readonly exp: number;
  readonly nbf?: number;
  readonly skewSeconds: number;
}

/** Why a token does not count at an instant in milliseconds; skew makes it count earlier, never longer. */
export const refusalOfTimes = ({ iat, exp, nbf = iat, skewSeconds }: TokenTimes, atMs: number): ReasonCode | undefined => {
  if (secondsLeft(exp, atMs) < MIN_TOKEN_SECONDS) return 'token-expired';
  return Math.max(iat, nbf) > atMs / 1000 + skewSeconds ? 'token-not-yet-valid' : undefined;
};

/** A session that ends when its token does. AWS IoT never asks again with the old one. */
export const sessionOf = (exp: number, atMs: number): SessionTimes => {
  const seconds = Math.min(secondsLeft(exp, atMs), MAX_SESSION_SECONDS);
  return { disconnectAfter: seconds, refreshAfter: seconds };
};

const secondsLeft = (exp: number, atMs: number): number => Math.floor(exp - atMs / 1000);
