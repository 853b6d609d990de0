import type { Claim } from '../claim.ts';
import { HOUR_MS } from '../duration.ts';

/** Of the certificates of one claim, the one that its serials are counted on: the first. */
export const counterOf = (claims: readonly Claim[]): Claim | undefined => claims.find(({ countsOn }) => countsOn === undefined);

export const isExhausted = ({ admitted, quota }: Claim): boolean => admitted >= quota;

/** How a claim stands as a whole, from all of its certificates. */
export const standingOf = (claims: readonly Claim[], at: number): 'not-yet-open' | 'open' | 'exhausted' | 'expired' | 'closed' => {
  const open = claims.filter(({ state }) => state === 'open');
  const counter = counterOf(claims);
  if (open.length === 0) return 'closed';
  if (open.every(({ expiresAt }) => at >= expiresAt)) return 'expired';
  if (counter !== undefined && isExhausted(counter)) return 'exhausted';
  return open.every(({ opensAt }) => at < opensAt) ? 'not-yet-open' : 'open';
};

/**
 * The certificates that have had their time: expired ones at once; all of an exhausted claim one hour after its last
 * admission, because a device that lost the answer may come back with the same serial until then.
 */
export const overdueOf = (claims: readonly Claim[], at: number): readonly Claim[] => {
  const counter = counterOf(claims);
  const isUsedUp = counter !== undefined && isExhausted(counter) && at - (counter.lastAdmittedAt ?? 0) >= HOUR_MS;
  return claims.filter(({ state, expiresAt }) => state === 'open' && (isUsedUp || at >= expiresAt));
};
