import type { PublicKeySet } from './public-key-set.ts';

/** Keys as they were fetched. */
export interface KeptKeySet {
  readonly keySet: PublicKeySet;
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
}

/** The last good keys of issuers, kept for all processes and for those to come. */
export interface KeptKeySets {
  read(issuer: string, signal: AbortSignal): Promise<KeptKeySet | undefined>;
  /** Writes unless newer ones are kept already. */
  write(issuer: string, keySet: KeptKeySet, signal: AbortSignal): Promise<void>;
}
