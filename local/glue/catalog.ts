import { AwsError } from '../aws-error.ts';

type Input = Readonly<Record<string, unknown>>;

/** A table as it was described. */
export interface CatalogTable {
  readonly name: string;
  readonly input: Input;
  readonly createdAtMs: number;
}

/** A database and its tables. */
export interface CatalogDatabase {
  readonly name: string;
  readonly input: Input;
  readonly createdAtMs: number;
  readonly tables: Map<string, CatalogTable>;
}

const absent = (what: string, name: string): AwsError => new AwsError('EntityNotFoundException', `${what} ${name} not found.`);

const present = (what: string): AwsError => new AwsError('AlreadyExistsException', `${what} already exists.`);

/** The catalog of an account: which tables are where. Nothing in it is ever read. */
export class Catalog {
  readonly #databases = new Map<string, CatalogDatabase>();

  database(name: string): CatalogDatabase {
    const database = this.#databases.get(name);
    if (database === undefined) throw absent('Database', name);
    return database;
  }

  table(databaseName: string, name: string): CatalogTable {
    const table = this.database(databaseName).tables.get(name);
    if (table === undefined) throw absent('Table', name);
    return table;
  }

  addDatabase(name: string, input: Input, createdAtMs: number): void {
    if (this.#databases.has(name)) throw present('Database');
    this.#databases.set(name, { name, input, createdAtMs, tables: new Map() });
  }

  changeDatabase(name: string, input: Input): void {
    this.#databases.set(name, { ...this.database(name), input });
  }

  /** With all its tables. */
  deleteDatabase(name: string): void {
    this.database(name);
    this.#databases.delete(name);
  }

  addTable(databaseName: string, table: CatalogTable): void {
    const { tables } = this.database(databaseName);
    if (tables.has(table.name)) throw present('Table');
    tables.set(table.name, table);
  }

  changeTable(databaseName: string, name: string, input: Input): void {
    this.database(databaseName).tables.set(name, { ...this.table(databaseName, name), input });
  }

  deleteTable(databaseName: string, name: string): void {
    this.table(databaseName, name);
    this.database(databaseName).tables.delete(name);
  }
}
