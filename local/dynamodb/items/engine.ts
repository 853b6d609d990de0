import type { Account } from '../../account.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import { copyMembers } from './copy-members.ts';
import { emptyTextsIn, refuseEmptyIndexKey } from './empty-index-keys.ts';
import { fromDynalite } from './dynalite-error.ts';
import { type DynaliteModules, type EngineOperation, loadDynalite } from './dynalite-modules.ts';
import type { Callback, DynaliteDatabase, DynaliteRules, DynaliteStore, DynaliteValidations, Item, TableRecord } from './dynalite-store.ts';

/** The store of items: dynalite's own logic, called in process, without HTTP. */
export interface Engine {
  readonly store: DynaliteStore;
  /** Validates and runs one operation. Rejects with `AwsError`. */
  run(operation: EngineOperation, input: OperationInput): Promise<object>;
  /** Validates an operation's input and answers what runs it, on the given view of the store. Throws `AwsError`. */
  prepare(operation: EngineOperation, input: OperationInput, store: DynaliteStore): () => Promise<object>;
  /** Rejects with `ResourceNotFoundException` unless the table is there and active. */
  table(name: string): Promise<TableRecord>;
  /** Names one item within its table; `source` is a whole item or its key. Throws `AwsError` when it does not fit the key schema. */
  itemKey(table: TableRecord, source: { readonly item: Item } | { readonly key: Item }): string;
  itemSize(item: Item): number;
  close(): Promise<void>;
}

const promised = <Result>(start: (done: Callback<Result>) => void): Promise<Result> =>
  new Promise((resolve, reject) => {
    start((error, result) => {
      if (error !== null && error !== undefined) reject(fromDynalite(error));
      else resolve(result as Result);
    });
  });

class DynaliteEngine implements Engine {
  readonly store: DynaliteStore;
  readonly #database: DynaliteDatabase;
  readonly #validations: DynaliteValidations;
  readonly #operations: DynaliteModules['operations'];

  constructor(account: Account, { database, validations, operations }: DynaliteModules) {
    this.#database = database;
    this.#validations = validations;
    this.#operations = operations;
    this.store = database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    this.store.tableDb.awsAccountId = account.accountId;
    this.store.tableDb.awsRegion = account.region;
  }

  async run(operation: EngineOperation, input: OperationInput): Promise<object> {
    return this.prepare(operation, input, this.store)();
  }

  prepare(operation: EngineOperation, input: OperationInput, store: DynaliteStore): () => Promise<object> {
    const found = this.#operations.get(operation);
    if (found === undefined) throw new Error(`dynalite has no ${operation}`);
    const checked = this.#check(found.rules, input, store);
    // Read before the action, which writes into its input.
    const suspects = emptyTextsIn(operation, checked);
    return async () => {
      for (const { tableName, names } of suspects) refuseEmptyIndexKey(await this.table(tableName), names);
      return promised((done) => {
        found.act(store, checked, done);
      });
    };
  }

  table(name: string): Promise<TableRecord> {
    return promised((done) => {
      this.store.getTable(name, true, done);
    });
  }

  itemKey(table: TableRecord, source: { readonly item: Item } | { readonly key: Item }): string {
    const problem = 'item' in source ? this.#database.validateItem(source.item, table) : this.#database.validateKey(source.key, table);
    if (problem !== null && problem !== undefined) throw fromDynalite(problem);
    return this.#database.createKey('item' in source ? source.item : source.key, table);
  }

  itemSize(item: Item): number {
    return this.#database.itemSize(item);
  }

  close(): Promise<void> {
    return promised((done) => {
      this.store.db.close(done);
    });
  }

  #check(rules: DynaliteRules, input: OperationInput, store: DynaliteStore): Record<string, unknown> {
    try {
      // The check deletes what it does not know and the action may write into its input: it gets a copy.
      const checked = this.#validations.checkTypes(copyMembers(input), rules.types);
      this.#validations.checkValidations(checked, rules.types, rules.custom, store);
      return checked;
    } catch (thrown) {
      throw fromDynalite(thrown);
    }
  }
}

/** Opens an empty store in memory, once dynalite is loaded. */
export const openEngine = async (account: Account): Promise<Engine> => new DynaliteEngine(account, await loadDynalite());
