import { type BatchGetItemCommandInput, type BatchGetItemCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A DynamoDB that answers batch reads from a script, for what the local one never does. */
export const scriptedDynamoDb = (
  answer: (input: BatchGetItemCommandInput) => Omit<BatchGetItemCommandOutput, '$metadata'>,
): DynamoDBClient => {
  const client = new DynamoDBClient({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  client.middlewareStack.add(
    () => (args) => Promise.resolve({ response: undefined, output: { ...answer(args.input as BatchGetItemCommandInput), $metadata: {} } }),
    { step: 'initialize' },
  );
  return client;
};
