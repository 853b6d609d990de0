import type { OperationInput } from '../gateway/operation.ts';
import { objectsIn, textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { isJsonObject } from '../json-object.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { TableAccessOptions } from './table-access.ts';
import { TableAccess } from './table-access.ts';
import { tableNameOf } from './table-settings.ts';

const onItems = ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

const byArn = ['DeleteResourcePolicy', 'GetResourcePolicy', 'ListTagsOfResource', 'PutResourcePolicy', 'TagResource', 'UntagResource'];

const named = (input: OperationInput): readonly string[] => [textIn(input, 'ResourceArn') ?? '*'];

const writesIn = (requests: unknown): OperationInput => ({
  Writes: objectsIn(requests).flatMap((request) => [request['PutRequest'], request['DeleteRequest']].filter(isJsonObject)),
});

/** What IAM must allow for DynamoDB. */
export const dynamodbAuthorization = (options: TableAccessOptions): ServiceAuthorization => {
  const { account, settings } = options;
  const read = policyReader(resourceGrammar);
  const tables = new TableAccess(options);
  return serviceAuthorization({
    account,
    prefix: 'dynamodb',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: { tablename: (input) => tableNameOf(textIn(input, 'TableName') ?? '') },
    operations: {
      ...Object.fromEntries(onItems.map((operation) => [operation, tables.onTable(operation)])),
      BatchGetItem: tables.onBatch('BatchGetItem', (requests) => (isJsonObject(requests) ? requests : {})),
      BatchWriteItem: tables.onBatch('BatchWriteItem', writesIn),
      TransactGetItems: tables.inTransaction('TransactGetItems'),
      TransactWriteItems: tables.inTransaction('TransactWriteItems'),
    },
    resources: Object.fromEntries(byArn.map((operation) => [operation, named])),
    policiesOf: (arn) => {
      const policy = settings.find(arn)?.resourcePolicy;
      return policy === undefined ? undefined : { documents: [read(policy.document)] };
    },
    contextOf: (arn) => resourceTags(settings.find(arn)?.tags ?? []),
  });
};
