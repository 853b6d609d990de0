/** An attribute value as it travels: `{ S: 'x' }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;

export type Item = Readonly<Record<string, AttributeValue>>;

export type Callback<Result> = (error: unknown, result?: Result) => void;

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

/** A table's description as dynalite keeps it. */
export interface TableRecord extends Readonly<Record<string, unknown>> {
  readonly TableName: string;
  readonly TableStatus: string;
  readonly KeySchema: readonly KeySchemaElement[];
}

export interface PutOrDelete {
  readonly type: 'put' | 'del';
  readonly key: string;
  readonly value?: unknown;
}

/** One keyspace: a table's items, or an index's. */
export interface DynaliteKeyspace {
  lock(key: string, run: (release: (done: (...results: never[]) => void) => () => void) => void): void;
  get(key: string, done: Callback<Item>): void;
  put(key: string, value: unknown, done: Callback<void>): void;
  del(key: string, done: Callback<void>): void;
  batch(changes: readonly PutOrDelete[], done: Callback<void>): void;
}

/** What dynalite's actions read and write; the front hands them a variation to stage writes or to see what they read. */
export interface DynaliteStore {
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  readonly db: { close(done: Callback<void>): void };
  getTable(name: string, checksStatus: boolean, done: Callback<TableRecord>): void;
  getItemDb(table: string): DynaliteKeyspace;
  getIndexDb(indexType: string, table: string, index: string): DynaliteKeyspace;
}

export interface DynaliteOptions {
  readonly createTableMs: number;
  readonly deleteTableMs: number;
  readonly updateTableMs: number;
}

export interface DynaliteDatabase {
  create(options: DynaliteOptions): DynaliteStore;
  /** Throws when the item lacks a key attribute; validate first. */
  createKey(item: Item, table: TableRecord): string;
  validateKey(key: Item, table: TableRecord): unknown;
  validateItem(item: Item, table: TableRecord): unknown;
  itemSize(item: Item): number;
}

export type DynaliteAction = (store: DynaliteStore, input: Record<string, unknown>, done: Callback<object>) => void;

export interface DynaliteRules {
  readonly types: object;
  readonly custom?: (input: Record<string, unknown>, store: DynaliteStore) => string | undefined;
}

export interface DynaliteValidations {
  checkTypes(input: Record<string, unknown>, types: object): Record<string, unknown>;
  checkValidations(input: Record<string, unknown>, types: object, custom: DynaliteRules['custom'], store: DynaliteStore): void;
}
