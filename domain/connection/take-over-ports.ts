import type { ThingName } from '../identifiers.ts';
import type { WriteOutcome } from '../ports.ts';
import type { HeldConnection, TakeOvers } from './take-overs.ts';

/** Where take-overs are remembered, for ninety days after the last one. */
export interface TakeOverStore {
  /** Strongly consistent. */
  read(thing: ThingName): Promise<TakeOvers | undefined>;
  /** Writes a version over the one before it, or the first one. */
  write(next: TakeOvers): Promise<WriteOutcome>;
}

/** Asks AWS IoT about connections that are open. */
export interface ConnectionLook {
  /** Who holds a client id now; nobody, perhaps. */
  holderOf(clientId: string): Promise<HeldConnection | undefined>;
}
