import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import { fromDynalite } from './dynalite-error.ts';
import type {
  Callback,
  DynaliteAction,
  DynaliteDatabase,
  DynaliteRules,
  DynaliteStore,
  DynaliteValidations,
  Item,
  TableRecord,
} from './dynalite-store.ts';

/** The operations that dynalite itself has and the front lets through to it. */
const operationNames = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
] as const;

export type EngineOperation = (typeof operationNames)[number];

interface EngineModule {
  readonly act: DynaliteAction;
  readonly rules: DynaliteRules;
}

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

interface LoadedEngine {
  readonly database: DynaliteDatabase;
  readonly validations: DynaliteValidations;
  readonly modules: ReadonlyMap<EngineOperation, EngineModule>;
}

class DynaliteEngine implements Engine {
  readonly store: DynaliteStore;
  readonly #database: DynaliteDatabase;
  readonly #validations: DynaliteValidations;
  readonly #modules: ReadonlyMap<EngineOperation, EngineModule>;

  constructor(account: Account, { database, validations, modules }: LoadedEngine) {
    this.#database = database;
    this.#validations = validations;
    this.#modules = modules;
    this.store = database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    this.store.tableDb.awsAccountId = account.accountId;
    this.store.tableDb.awsRegion = account.region;
  }

  async run(operation: EngineOperation, input: OperationInput): Promise<object> {
    return this.prepare(operation, input, this.store)();
  }

  prepare(operation: EngineOperation, input: OperationInput, store: DynaliteStore): () => Promise<object> {
    const found = this.#modules.get(operation);
    if (found === undefined) throw new Error(`dynalite has no ${operation}`);
    const checked = this.#check(found.rules, input, store);
    return () =>
      promised((done) => {
        found.act(store, checked, done);
      });
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
      const checked = this.#validations.checkTypes(structuredClone({ ...input }), rules.types);
      this.#validations.checkValidations(checked, rules.types, rules.custom, store);
      return checked;
    } catch (thrown) {
      throw fromDynalite(thrown);
    }
  }
}

/** dynalite ships no types: what its files export is declared in `dynalite-store.ts`, from reading them. */
const load = async (file: string): Promise<unknown> => ((await import(`dynalite/${file}`)) as { readonly default: unknown }).default;

const loadModule = async (operation: EngineOperation): Promise<readonly [EngineOperation, EngineModule]> => {
  const file = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;
  const [act, rules] = await Promise.all([load(`actions/${file}`), load(`validations/${file}`)]);
  return [operation, { act: act as DynaliteAction, rules: rules as DynaliteRules }];
};

/** Loads dynalite, which takes a while, and opens an empty store in memory. */
export const openEngine = async (account: Account): Promise<Engine> => {
  const [database, validations, modules] = await Promise.all([
    load('db/index.js'),
    load('validations/index.js'),
    Promise.all(operationNames.map(loadModule)),
  ]);
  return new DynaliteEngine(account, {
    database: database as DynaliteDatabase,
    validations: validations as DynaliteValidations,
    modules: new Map(modules),
  });
};
