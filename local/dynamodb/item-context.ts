import type { OperationInput } from '../gateway/operation.ts';
import type { ConditionValues } from '../iam/access/access-request.ts';
import { objectsIn, textIn, textsIn } from '../iam/access/input-reading.ts';
import { isJsonObject } from '../json-object.ts';

/** The text of a key's value: `{ S }`, `{ N }` or `{ B }`. */
const keyText = (value: unknown): string | undefined => (isJsonObject(value) ? textIn(value, 'S', 'N', 'B') : undefined);

const namesOf = (input: OperationInput): Readonly<Record<string, unknown>> =>
  isJsonObject(input['ExpressionAttributeNames']) ? input['ExpressionAttributeNames'] : {};

const realName = (input: OperationInput, name: string): string => {
  const alias = namesOf(input)[name];
  return typeof alias === 'string' ? alias : name;
};

/** The partition that a query's key condition asks for: `<key> = :value`, on either side. */
const queriedPartition = (input: OperationInput, partitionKey: string): readonly string[] => {
  const values = isJsonObject(input['ExpressionAttributeValues']) ? input['ExpressionAttributeValues'] : {};
  const equalities = (textIn(input, 'KeyConditionExpression') ?? '').matchAll(/([#\w.]+)\s*=\s*(:\w+)|(:\w+)\s*=\s*([#\w.]+)/g);
  return [...equalities].flatMap(([, left, right, leftValue, rightName]) => {
    const isPartition = realName(input, left ?? rightName ?? '') === partitionKey;
    return isPartition ? (keyText(values[right ?? leftValue ?? '']) ?? []) : [];
  });
};

const keysIn = (input: OperationInput): readonly Readonly<Record<string, unknown>>[] => [
  ...[input['Key'], input['Item']].filter(isJsonObject),
  ...objectsIn(input['Keys']),
  ...objectsIn(input['Writes']).flatMap(({ Key, Item }) => [Key, Item].filter(isJsonObject)),
];

/** Top-level attributes that an expression reads or writes. */
const attributesOf = (input: OperationInput): readonly string[] => {
  const projected = (textIn(input, 'ProjectionExpression') ?? '').split(',').map((path) => path.trim().split(/[.[]/)[0] ?? '');
  const named = Object.values(namesOf(input)).filter((name) => typeof name === 'string');
  const written = keysIn(input).flatMap((item) => Object.keys(item));
  const listed = textsIn(input['AttributesToGet']);
  return [...new Set([...projected.map((name) => realName(input, name)), ...named, ...written, ...listed])].filter((name) => name !== '');
};

/**
 * Condition keys of requests on items (DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access
 * control"). `partitionKey` is the table's; without it no leading key is known, which fails conditions on it.
 */
export const itemContext = (input: OperationInput, partitionKey: string | undefined): ConditionValues => {
  const keyed = partitionKey === undefined ? [] : keysIn(input).flatMap((item) => keyText(item[partitionKey]) ?? []);
  const queried = partitionKey === undefined ? [] : queriedPartition(input, partitionKey);
  return {
    'dynamodb:LeadingKeys': [...new Set([...keyed, ...queried])],
    'dynamodb:Attributes': attributesOf(input),
    'dynamodb:Select': textIn(input, 'Select') ?? (input['ProjectionExpression'] === undefined ? undefined : 'SPECIFIC_ATTRIBUTES'),
    'dynamodb:ReturnValues': textIn(input, 'ReturnValues'),
    'dynamodb:ReturnConsumedCapacity': textIn(input, 'ReturnConsumedCapacity'),
  };
};
