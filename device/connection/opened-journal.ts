import type { ThingName } from '../../domain/identifiers.ts';
import type { ConnectionStore } from './connection-store.ts';
import { openProofJournal, type ProofJournal } from './proof-journal.ts';

/** The memory of the thing that connects; it stays open for a run, so that a block of counters lasts for all of its connections. */
export class OpenedJournal {
  readonly #store: ConnectionStore;
  #opened: { readonly thingName: ThingName; readonly journal: ProofJournal } | undefined;

  constructor(store: ConnectionStore) {
    this.#store = store;
  }

  /** @throws BadSetupError when the memory is another thing's. */
  async of(thingName: ThingName): Promise<ProofJournal> {
    if (this.#opened?.thingName !== thingName) this.#opened = { thingName, journal: await openProofJournal(this.#store, thingName) };
    return this.#opened.journal;
  }
}
