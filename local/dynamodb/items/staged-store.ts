import { fromDynalite } from './dynalite-error.ts';
import type { Callback, DynaliteKeyspace, DynaliteStore, Item, PutOrDelete } from './dynalite-store.ts';

const now = (done: Callback<void>): void => {
  done(null);
};

/**
 * A view of the store that reads what is there and keeps writes back, so that a transaction's actions can be run one by
 * one, found good, and then written together.
 */
export class StagedStore {
  readonly #store: DynaliteStore;
  readonly #changes = new Map<DynaliteKeyspace, PutOrDelete[]>();

  constructor(store: DynaliteStore) {
    this.#store = store;
  }

  /** The view to run an action on; what it read last is its `existing`. */
  view(): { readonly store: DynaliteStore; readonly existing: () => Item | undefined } {
    let existing: Item | undefined;
    const store: DynaliteStore = {
      ...this.#store,
      getItemDb: (table) =>
        this.#staging(this.#store.getItemDb(table), (item) => {
          existing = item;
        }),
      getIndexDb: (...names) => this.#staging(this.#store.getIndexDb(...names), () => undefined),
    };
    return { store, existing: () => existing };
  }

  /** Writes everything that was kept back, all of it in one turn of the event loop. */
  async commit(): Promise<void> {
    const writes = [...this.#changes].map(
      ([keyspace, changes]) =>
        new Promise<void>((resolve, reject) => {
          keyspace.batch(changes, (error) => {
            if (error === null || error === undefined) resolve();
            else reject(fromDynalite(error));
          });
        }),
    );
    await Promise.all(writes);
  }

  #staging(keyspace: DynaliteKeyspace, onRead: (item: Item | undefined) => void): DynaliteKeyspace {
    const keep = (change: PutOrDelete, done: Callback<void>): void => {
      const changes = this.#changes.get(keyspace);
      if (changes === undefined) this.#changes.set(keyspace, [change]);
      else changes.push(change);
      now(done);
    };
    return {
      // The front holds the item for the whole transaction, so there is nobody to lock out.
      lock: (_key, run) => {
        run((done) => done);
      },
      get: (key, done) => {
        keyspace.get(key, (error, item) => {
          onRead(item);
          done(error, item);
        });
      },
      put: (key, value, done) => {
        keep({ type: 'put', key, value }, done);
      },
      del: (key, done) => {
        keep({ type: 'del', key }, done);
      },
      batch: (_changes, done) => {
        done(new Error('No item action writes in batches.'));
      },
    };
  }
}
