import type { OperationTable } from '../gateway/operation.ts';
import type { DynamoDependencies } from './dynamodb-dependencies.ts';
import { batchWriteItem } from './operations/batch-write-item.ts';
import { describeContinuousBackups, updateContinuousBackups } from './operations/continuous-backups.ts';
import { createTable } from './operations/create-table.ts';
import { deleteTable } from './operations/delete-table.ts';
import { describeTable } from './operations/describe-table.ts';
import { plainWrite } from './operations/plain-write.ts';
import { batchGetItem, listTables, read } from './operations/reads.ts';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './operations/resource-policies.ts';
import { listTagsOfResource, tagResource, untagResource } from './operations/table-tags.ts';
import { describeTimeToLive, updateTimeToLive } from './operations/time-to-live.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { updateTable } from './operations/update-table.ts';

/** Every DynamoDB operation that the local AWS has. */
export const dynamodbOperations = (dependencies: DynamoDependencies): OperationTable => ({
  BatchGetItem: batchGetItem(dependencies),
  BatchWriteItem: batchWriteItem(dependencies),
  CreateTable: createTable(dependencies),
  DeleteItem: plainWrite('DeleteItem', dependencies),
  DeleteResourcePolicy: deleteResourcePolicy(dependencies),
  DeleteTable: deleteTable(dependencies),
  DescribeContinuousBackups: describeContinuousBackups(dependencies),
  DescribeTable: describeTable(dependencies),
  DescribeTimeToLive: describeTimeToLive(dependencies),
  GetItem: read('GetItem', dependencies),
  GetResourcePolicy: getResourcePolicy(dependencies),
  ListTables: listTables(dependencies),
  ListTagsOfResource: listTagsOfResource(dependencies),
  PutItem: plainWrite('PutItem', dependencies),
  PutResourcePolicy: putResourcePolicy(dependencies),
  Query: read('Query', dependencies),
  Scan: read('Scan', dependencies),
  TagResource: tagResource(dependencies),
  TransactGetItems: transactGetItems(dependencies),
  TransactWriteItems: transactWriteItems(dependencies),
  UntagResource: untagResource(dependencies),
  UpdateContinuousBackups: updateContinuousBackups(dependencies),
  UpdateItem: plainWrite('UpdateItem', dependencies),
  UpdateTable: updateTable(dependencies),
  UpdateTimeToLive: updateTimeToLive(dependencies),
});
