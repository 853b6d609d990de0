import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { OperationTable } from '../gateway/operation.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { Catalog } from './catalog.ts';
import { databaseInput, entityName, tableInput } from './input-schemas.ts';

const refusal = 'InvalidInputException';

export interface GlueDependencies {
  readonly account: Account;
  readonly clock: Clock;
  readonly catalog: Catalog;
}

const ofCatalog = { CatalogId: z.string().optional() };
const named = z.object({ ...ofCatalog, Name: entityName });
const inDatabase = z.object({ ...ofCatalog, DatabaseName: entityName, Name: entityName });
const tableOf = z.object({ ...ofCatalog, DatabaseName: entityName, TableInput: tableInput });

/** The operations on the catalog that the local AWS has: databases and tables are described, and never read. */
export const glueOperations = ({ account, clock, catalog }: GlueDependencies): OperationTable => {
  const read = <Schema extends z.ZodType<{ readonly CatalogId?: string | undefined }>>(schema: Schema, members: unknown) => {
    const input = parseInput(schema, members, refusal);
    if (input.CatalogId !== undefined && input.CatalogId !== account.accountId)
      throw new AwsError('AccessDeniedException', 'Catalogs of other accounts share nothing here.');
    return input;
  };
  const shown = ({ input, createdAtMs }: { readonly input: object; readonly createdAtMs: number }): object => ({
    ...input,
    CatalogId: account.accountId,
    CreateTime: createdAtMs / 1000,
  });
  return {
    CreateDatabase: (members) => {
      const { DatabaseInput } = read(z.object({ ...ofCatalog, DatabaseInput: databaseInput }), members);
      catalog.addDatabase(DatabaseInput.Name, DatabaseInput, clock.now());
      return {};
    },
    CreateTable: (members) => {
      const { DatabaseName, TableInput } = read(tableOf, members);
      catalog.addTable(DatabaseName, { name: TableInput.Name, input: TableInput, createdAtMs: clock.now() });
      return {};
    },
    DeleteDatabase: (members) => {
      catalog.deleteDatabase(read(named, members).Name);
      return {};
    },
    DeleteTable: (members) => {
      const { DatabaseName, Name } = read(inDatabase, members);
      catalog.deleteTable(DatabaseName, Name);
      return {};
    },
    GetDatabase: (members) => ({ Database: shown(catalog.database(read(named, members).Name)) }),
    GetTable: (members) => {
      const { DatabaseName, Name } = read(inDatabase, members);
      return { Table: { ...shown(catalog.table(DatabaseName, Name)), DatabaseName } };
    },
    UpdateDatabase: (members) => {
      const { Name, DatabaseInput } = read(named.extend({ DatabaseInput: databaseInput }), members);
      catalog.changeDatabase(Name, DatabaseInput);
      return {};
    },
    UpdateTable: (members) => {
      const { DatabaseName, TableInput } = read(tableOf, members);
      catalog.changeTable(DatabaseName, TableInput.Name, TableInput);
      return {};
    },
  };
};
