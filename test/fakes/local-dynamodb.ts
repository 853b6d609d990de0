import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { createDynamodbService } from '../../local/dynamodb/dynamodb-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { serve, testAccount, testStartMs } from '../local/service-endpoint.ts';

export interface LocalDynamoDb {
  readonly client: DynamoDBClient;
  /** The operations that the client has sent since it was last asked. */
  takeSent(): readonly string[];
  /** A new empty table with the keys that Muster's has. */
  newTable(): Promise<string>;
  stop(): Promise<void>;
}

/** DynamoDB of the local AWS on a port of its own, with a client that keeps count. */
export const startDynamoDb = async (): Promise<LocalDynamoDb> => {
  const service = createDynamodbService({ account: testAccount, clock: new ManualClock(testStartMs) });
  const endpoint = await serve(service.api);
  const client = new DynamoDBClient(endpoint.config);
  let sent: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        sent.push(commandName ?? 'unknown');
        return next(args);
      },
    // After the retries, so that every try counts.
    { step: 'finalizeRequest', priority: 'low' },
  );
  let tables = 0;
  return {
    client,
    takeSent: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    newTable: async () => {
      tables += 1;
      const name = `Enrollments${tables}`;
      await client.send(new CreateTableCommand(enrollmentTable(name)));
      await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.02 }, { TableName: name });
      sent = [];
      return name;
    },
    stop: async () => {
      client.destroy();
      await endpoint.stop();
      await service.stop();
    },
  };
};

const enrollmentTable = (name: string) => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [
    ...['pk', 'sk', 'attention', 'reconcile', 'rotationLine'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    ...['reconcileAt', 'rotateAt'].map((AttributeName) => ({ AttributeName, AttributeType: 'N' as const })),
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'attention',
      KeySchema: [
        { AttributeName: 'attention', KeyType: 'HASH' as const },
        { AttributeName: 'pk', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'ALL' as const },
    },
    {
      IndexName: 'reconcile',
      KeySchema: [
        { AttributeName: 'reconcile', KeyType: 'HASH' as const },
        { AttributeName: 'reconcileAt', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['thingName'] },
    },
    {
      IndexName: 'rotation',
      KeySchema: [
        { AttributeName: 'rotationLine', KeyType: 'HASH' as const },
        { AttributeName: 'rotateAt', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['thingName', 'credentialSince'] },
    },
  ],
});
