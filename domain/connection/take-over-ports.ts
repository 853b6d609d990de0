import type { HeldConnection, TakeOvers } from './take-overs.ts';
import type { WatchStore } from './watch-store.ts';

/** Where take-overs are remembered, for ninety days after the last one. */
export type TakeOverStore = WatchStore<TakeOvers>;

/** Asks AWS IoT about connections that are open. */
export interface ConnectionLook {
  /** Who holds a client id now; nobody, perhaps. */
  holderOf(clientId: string): Promise<HeldConnection | undefined>;
}
