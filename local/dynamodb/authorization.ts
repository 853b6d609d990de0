import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import type { AccessRequest, ConditionValues } from '../iam/access/access-request.ts';
import { objectsIn, textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { AccessMapping, ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { isJsonObject } from '../json-object.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import type { KeyUse } from '../kms/key-use.ts';
import { policyReader } from '../policy/policy-reader.ts';
import { itemContext } from './item-context.ts';
import type { TableSettingsStore } from './table-settings.ts';
import { tableNameOf } from './table-settings.ts';

/** DynamoDB Developer Guide, "Using IAM with transactions": each part needs what it would need alone. */
const partActions: Readonly<Record<string, string>> = {
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** What IAM must allow for DynamoDB. */
export const dynamodbAuthorization = (account: Account, settings: TableSettingsStore, keyUse?: KeyUse): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  const tableArn = (reference: string): string => arnOf(account, 'dynamodb', `table/${tableNameOf(reference)}`);
  const contextFor = (input: OperationInput, tableName: string): ConditionValues =>
    itemContext(input, settings.find(tableName)?.partitionKey);

  /** Reading and writing an encrypted table uses its key with the caller's permissions (Developer Guide, "DynamoDB encryption usage notes"). */
  const useOfKey = (tableName: string): readonly AccessRequest[] => {
    const key = settings.find(tableName)?.encryption?.kmsMasterKeyId;
    if (key === undefined || keyUse === undefined) return [];
    const encryptionContext = { 'aws:dynamodb:tableName': tableNameOf(tableName), 'aws:dynamodb:subscriberId': account.accountId };
    return keyUse.forCaller({ key, actions: ['kms:Decrypt'], service: `dynamodb.${account.region}.amazonaws.com`, encryptionContext });
  };

  const onTable =
    (operation: string): AccessMapping =>
    (input) => {
      const tableName = textIn(input, 'TableName') ?? '';
      // An index is a resource of its own: the table's ARN does not cover it (Developer Guide, "Using IAM policy conditions").
      const index = textIn(input, 'IndexName');
      const resource = `${tableArn(tableName)}${index === undefined ? '' : `/index/${index}`}`;
      return [{ action: `dynamodb:${operation}`, resource, context: contextFor(input, tableName) }, ...useOfKey(tableName)];
    };

  const onBatch =
    (operation: string, partsOf: (requests: unknown) => OperationInput): AccessMapping =>
    (input) =>
      Object.entries(isJsonObject(input['RequestItems']) ? input['RequestItems'] : {}).flatMap(([tableName, requests]) => [
        { action: `dynamodb:${operation}`, resource: tableArn(tableName), context: contextFor(partsOf(requests), tableName) },
        ...useOfKey(tableName),
      ]);

  const transaction: AccessMapping = (input) =>
    objectsIn(input['TransactItems']).flatMap((item) =>
      Object.entries(item).flatMap(([kind, part]): readonly AccessRequest[] => {
        const action = Object.hasOwn(partActions, kind) ? partActions[kind] : undefined;
        if (action === undefined || !isJsonObject(part)) return [];
        const tableName = textIn(part, 'TableName') ?? '';
        const context = { ...contextFor(part, tableName), 'dynamodb:EnclosingOperation': textIn(input, 'EnclosingOperation') };
        return [{ action, resource: tableArn(tableName), context }, ...useOfKey(tableName)];
      }),
    );

  const enclosed =
    (operation: string): AccessMapping =>
    (input) =>
      transaction({ ...input, EnclosingOperation: operation });

  const tagged = (input: OperationInput): readonly string[] => [textIn(input, 'ResourceArn') ?? '*'];

  return serviceAuthorization({
    account,
    prefix: 'dynamodb',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: { tablename: (input) => tableNameOf(textIn(input, 'TableName') ?? '') },
    operations: {
      ...Object.fromEntries(
        ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'].map((operation) => [operation, onTable(operation)]),
      ),
      BatchGetItem: onBatch('BatchGetItem', (requests) => (isJsonObject(requests) ? requests : {})),
      BatchWriteItem: onBatch('BatchWriteItem', (requests) => ({
        Writes: objectsIn(requests).flatMap((request) => [request['PutRequest'], request['DeleteRequest']].filter(isJsonObject)),
      })),
      TransactGetItems: enclosed('TransactGetItems'),
      TransactWriteItems: enclosed('TransactWriteItems'),
    },
    resources: Object.fromEntries(
      ['DeleteResourcePolicy', 'GetResourcePolicy', 'ListTagsOfResource', 'PutResourcePolicy', 'TagResource', 'UntagResource'].map(
        (operation) => [operation, tagged],
      ),
    ),
    policiesOf: (arn) => {
      const policy = settings.find(arn)?.resourcePolicy;
      return policy === undefined ? undefined : { documents: [read(policy.document)] };
    },
    contextOf: (arn) => resourceTags(settings.find(arn)?.tags ?? []),
  });
};
