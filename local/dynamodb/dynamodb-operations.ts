import type { Operation, OperationTable } from '../gateway/operation.ts';
import type { DynamoDependencies } from './dynamodb-dependencies.ts';
import { describeContinuousBackups, updateContinuousBackups } from './operations/continuous-backups.ts';
import type { ItemOperationName } from './items/item-operations.ts';
import { createTable } from './operations/create-table.ts';
import { deleteTable } from './operations/delete-table.ts';
import { describeTable } from './operations/describe-table.ts';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './operations/resource-policies.ts';
import { listTagsOfResource, tagResource, untagResource } from './operations/table-tags.ts';
import { describeTimeToLive, updateTimeToLive } from './operations/time-to-live.ts';
import { updateTable } from './operations/update-table.ts';

const onThread =
  (name: ItemOperationName | 'ListTables', { items }: DynamoDependencies): Operation =>
  (input) =>
    items.run(name, input);

/** Every DynamoDB operation that the local AWS has. */
export const dynamodbOperations = (dependencies: DynamoDependencies): OperationTable => ({
  BatchGetItem: onThread('BatchGetItem', dependencies),
  BatchWriteItem: onThread('BatchWriteItem', dependencies),
  CreateTable: createTable(dependencies),
  DeleteItem: onThread('DeleteItem', dependencies),
  DeleteResourcePolicy: deleteResourcePolicy(dependencies),
  DeleteTable: deleteTable(dependencies),
  DescribeContinuousBackups: describeContinuousBackups(dependencies),
  DescribeTable: describeTable(dependencies),
  DescribeTimeToLive: describeTimeToLive(dependencies),
  GetItem: onThread('GetItem', dependencies),
  GetResourcePolicy: getResourcePolicy(dependencies),
  ListTables: onThread('ListTables', dependencies),
  ListTagsOfResource: listTagsOfResource(dependencies),
  PutItem: onThread('PutItem', dependencies),
  PutResourcePolicy: putResourcePolicy(dependencies),
  Query: onThread('Query', dependencies),
  Scan: onThread('Scan', dependencies),
  TagResource: tagResource(dependencies),
  TransactGetItems: onThread('TransactGetItems', dependencies),
  TransactWriteItems: onThread('TransactWriteItems', dependencies),
  UntagResource: untagResource(dependencies),
  UpdateContinuousBackups: updateContinuousBackups(dependencies),
  UpdateItem: onThread('UpdateItem', dependencies),
  UpdateTable: updateTable(dependencies),
  UpdateTimeToLive: updateTimeToLive(dependencies),
});
