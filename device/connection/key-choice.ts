import type { ConnectionCredential } from '../../domain/prover.ts';
import type { ProofMemory } from './connection-record.ts';
import { DAY_MS } from '../../domain/duration.ts';

/** A newer key that was refused is tried again after a day: by then the cloud may know it. */
const TRY_NEWER_AGAIN_MS = DAY_MS;

/** The key to prove with, and the one to try where it is refused. */
export interface KeyChoice {
  readonly first: ConnectionCredential;
  readonly second?: ConnectionCredential;
  readonly newest: ConnectionCredential;
}

export const keyNameOf = ({ keyName = '' }: ConnectionCredential): string => keyName;

/**
 * Which key to use where there are two: the newest, and never another once it was accepted. Until then either may be the one that
 * the cloud knows.
 */
export const chooseKey = (newest: ConnectionCredential, memory: ProofMemory, now: number): KeyChoice => {
  const { former } = newest;
  if (former === undefined || memory.acceptedKey === keyNameOf(newest)) return { first: newest, newest };
  const { passedOver } = memory;
  const age = passedOver?.keyName === keyNameOf(newest) ? now - passedOver.at : undefined;
  // By a clock that was set back meanwhile it was refused in the future, which says nothing of when.
  const isFresh = age !== undefined && age >= 0 && age < TRY_NEWER_AGAIN_MS;
  return isFresh ? { first: former, second: newest, newest } : { first: newest, second: former, newest };
};
