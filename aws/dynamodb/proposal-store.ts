import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { operatorRoles } from '../../domain/operator-scope.ts';
import type { WriteOutcome } from '../../domain/ports.ts';
import type { Proposal, ProposalKey, ProposalStore } from '../../domain/proposal.ts';
import { type Item, fromItem, toItem } from './attribute-values.ts';
import { StoredItemError } from './stored-item-error.ts';

const schema = z.object({
  operation: z.string(),
  inputDigest: z.string(),
  id: z.string(),
  by: z.string(),
  role: z.enum(operatorRoles),
  until: z.number(),
  agreedBy: z.exactOptional(z.string()),
});

const keyOf = ({ operation, inputDigest }: ProposalKey): Item => ({
  pk: { S: `proposal#${operation}#${inputDigest}` },
  sk: { S: 'proposal' },
});

const parse = (item: Item): Proposal => {
  const parsed = z.safeParse(schema, fromItem(item));
  if (!parsed.success) throw new StoredItemError('proposal', item, parsed.error);
  return parsed.data;
};

// DynamoDB takes days to forget an item whose time is up: the proposal's own time decides, this only tidies.
const itemOf = (proposal: Proposal): Item => ({
  ...toItem({ ...proposal, expiresAtSeconds: Math.ceil(proposal.until / 1000) }),
  ...keyOf(proposal),
});

/** Proposals in the table of enrollments and claims. */
export const createDynamoDbProposalStore = (client: DynamoDBClient, tableName: string): ProposalStore => ({
  async read(key) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }));
    return Item && parse(Item);
  },
  propose: (proposal, now) =>
    outcomeOf(
      client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: itemOf(proposal),
          ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': { N: String(now) } },
        }),
      ),
    ),
  agree: (proposal, arn) =>
    outcomeOf(
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyOf(proposal),
          UpdateExpression: 'SET agreedBy = :arn',
          ConditionExpression: 'id = :id AND (attribute_not_exists(agreedBy) OR agreedBy = :arn)',
          ExpressionAttributeValues: { ':id': { S: proposal.id }, ':arn': { S: arn } },
        }),
      ),
    ),
  async settle(proposal) {
    const condition = { ConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: proposal.id } } };
    // Another proposal for the same thing is none of ours.
    await outcomeOf(client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(proposal), ...condition })));
  },
});

const outcomeOf = async (write: Promise<unknown>): Promise<WriteOutcome> => {
  try {
    await write;
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
};
