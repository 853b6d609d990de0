import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Aws } from 'aws-cdk-lib';
import { allow } from './allow.ts';

/** Of a table nothing but the items whose partition keys fit these patterns; its key is granted with the rest of the table. */
export const partitionAccess = (table: Table, actions: readonly string[], partitions: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
  });

/**
 * Statements for exactly these actions on a table, and for its key as far as DynamoDB uses it on the caller's behalf
 * (DynamoDB Developer Guide, "encryption.usagenotes"). `grantReadWriteData` would add Scan and DeleteItem. With `partitions`,
 * patterns of partition keys, nothing else in the table is reached.
 */
export const tableAccess = (table: Table, actions: readonly string[], partitions?: readonly string[]): readonly PolicyStatement[] => [
  partitions === undefined ? allow(actions, [table.tableArn]) : partitionAccess(table, actions, partitions),
  ...(table.encryptionKey === undefined
    ? []
    : [
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
          resources: [table.encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com` } },
        }),
      ]),
];
