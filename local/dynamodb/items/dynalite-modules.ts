import { type ConditionParser, rememberConditions } from './remembered-conditions.ts';
import type { DynaliteAction, DynaliteDatabase, DynaliteRules, DynaliteValidations } from './dynalite-store.ts';

/** One operation of dynalite: what it does, and what its input must be. */
export interface DynaliteOperation {
  readonly act: DynaliteAction;
  readonly rules: DynaliteRules;
}

type Loaded = Promise<{ readonly default: unknown }>;

const both = async (action: Loaded, validation: Loaded): Promise<DynaliteOperation> => ({
  act: (await action).default as DynaliteAction,
  rules: (await validation).default as DynaliteRules,
});

/** The operations that the front lets through to dynalite. Each file is named in full, so that a bundler finds it. */
const operations = {
  BatchGetItem: () => both(import('dynalite/actions/batchGetItem.js'), import('dynalite/validations/batchGetItem.js')),
  BatchWriteItem: () => both(import('dynalite/actions/batchWriteItem.js'), import('dynalite/validations/batchWriteItem.js')),
  CreateTable: () => both(import('dynalite/actions/createTable.js'), import('dynalite/validations/createTable.js')),
  DeleteItem: () => both(import('dynalite/actions/deleteItem.js'), import('dynalite/validations/deleteItem.js')),
  DeleteTable: () => both(import('dynalite/actions/deleteTable.js'), import('dynalite/validations/deleteTable.js')),
  DescribeTable: () => both(import('dynalite/actions/describeTable.js'), import('dynalite/validations/describeTable.js')),
  GetItem: () => both(import('dynalite/actions/getItem.js'), import('dynalite/validations/getItem.js')),
  ListTables: () => both(import('dynalite/actions/listTables.js'), import('dynalite/validations/listTables.js')),
  PutItem: () => both(import('dynalite/actions/putItem.js'), import('dynalite/validations/putItem.js')),
  Query: () => both(import('dynalite/actions/query.js'), import('dynalite/validations/query.js')),
  Scan: () => both(import('dynalite/actions/scan.js'), import('dynalite/validations/scan.js')),
  UpdateItem: () => both(import('dynalite/actions/updateItem.js'), import('dynalite/validations/updateItem.js')),
  UpdateTable: () => both(import('dynalite/actions/updateTable.js'), import('dynalite/validations/updateTable.js')),
} as const;

export type EngineOperation = keyof typeof operations;

export interface DynaliteModules {
  readonly database: DynaliteDatabase;
  readonly validations: DynaliteValidations;
  readonly operations: ReadonlyMap<EngineOperation, DynaliteOperation>;
}

/** Loads dynalite, which takes a while. */
export const loadDynalite = async (): Promise<DynaliteModules> => {
  const names = Object.keys(operations) as EngineOperation[]; // the table's own keys
  const [database, validations, conditionParser, loaded] = await Promise.all([
    import('dynalite/db/index.js'),
    import('dynalite/validations/index.js'),
    import('dynalite/db/conditionParser.js'),
    Promise.all(names.map(async (name) => [name, await operations[name]()] as const)),
  ]);
  rememberConditions(conditionParser.default as ConditionParser);
  return {
    database: database.default as DynaliteDatabase,
    validations: validations.default as DynaliteValidations,
    operations: new Map(loaded),
  };
};
