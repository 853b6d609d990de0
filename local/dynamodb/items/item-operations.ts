import type { ItemDependencies, ItemOperation } from './item-dependencies.ts';
import { batchWriteItem } from './operations/batch-write-item.ts';
import { plainWrite } from './operations/plain-write.ts';
import { batchGetItem, read } from './operations/reads.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';

/** Every operation that reads or writes items. */
export const itemOperations = (dependencies: ItemDependencies) =>
  ({
    BatchGetItem: batchGetItem(dependencies),
    BatchWriteItem: batchWriteItem(dependencies),
    DeleteItem: plainWrite('DeleteItem', dependencies),
    GetItem: read('GetItem', dependencies),
    PutItem: plainWrite('PutItem', dependencies),
    Query: read('Query', dependencies),
    Scan: read('Scan', dependencies),
    TransactGetItems: transactGetItems(dependencies),
    TransactWriteItems: transactWriteItems(dependencies),
    UpdateItem: plainWrite('UpdateItem', dependencies),
  }) satisfies Readonly<Record<string, ItemOperation>>;

/** Operations on tables, as far as the engine knows tables; what it does not know of them is added by its caller. */
export const tableOperations = ({ engine }: ItemDependencies) => {
  const run =
    (operation: 'CreateTable' | 'DeleteTable' | 'DescribeTable' | 'ListTables' | 'UpdateTable'): ItemOperation =>
    (input) =>
      engine.run(operation, input);
  return {
    CreateTable: run('CreateTable'),
    DeleteTable: run('DeleteTable'),
    DescribeTable: run('DescribeTable'),
    ListTables: run('ListTables'),
    UpdateTable: run('UpdateTable'),
  };
};

/** The names of what the thread does. */
export type ItemOperationName = keyof ReturnType<typeof itemOperations>;
export type TableOperationName = keyof ReturnType<typeof tableOperations>;
