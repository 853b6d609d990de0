import type { DynaliteStore, Item } from './dynalite-store.ts';

/** A view of the store that remembers the item that an action read under its lock, for `ReturnValuesOnConditionCheckFailure`. */
export const observeReads = (store: DynaliteStore): { readonly store: DynaliteStore; readonly existing: () => Item | undefined } => {
  let existing: Item | undefined;
  return {
    existing: () => existing,
    store: {
      ...store,
      getItemDb: (table) => {
        const keyspace = store.getItemDb(table);
        return {
          ...keyspace,
          get: (key, done) => {
            keyspace.get(key, (error, item) => {
              existing = item;
              done(error, item);
            });
          },
        };
      },
    },
  };
};
