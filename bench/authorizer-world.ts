import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Context } from 'aws-lambda';
import { createDynamoDbEnrollmentStore } from '../aws/dynamodb/enrollment-store.ts';
import type { DeviceFacts } from '../domain/registration.ts';
import { registerDevice } from '../domain/registration.ts';
import { resourceNames } from '../domain/resource-names.ts';
import type { Surroundings } from '../lambdas/device-authorizer/create-authorizer.ts';
import { systemClock } from '../lambdas/middleware/clock.ts';
import { startLocalAws } from '../local/main.ts';

export const PREFIX = 'muster';
export const TABLE = 'bench';
export const SERVER_NAME = 'bench-ats.iot.us-east-1.amazonaws.com';
export const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:bench' } as Context;

/** A local AWS with a table and one master key, and nothing of AWS IoT: what an authorizer costs beside it is not measured. */
export const startAuthorizerWorld = async (line: DeviceFacts['line']) => {
  const local = await startLocalAws();
  Object.assign(process.env, local.environment);
  const [dynamoDb, kms] = [new DynamoDBClient(), new KMSClient()];
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
  const masterKey = resourceNames(PREFIX).masterKey(line, 1);
  await kms.send(new CreateAliasCommand({ AliasName: masterKey, TargetKeyId: KeyMetadata?.KeyId }));
  const store = createDynamoDbEnrollmentStore({ client: dynamoDb, tableName: TABLE });
  return {
    dynamoDb,
    kms,
    masterKey,
    enroll: async (facts: DeviceFacts): Promise<void> => {
      await store.register(registerDevice(PREFIX, facts, { id: randomUUID(), at: Date.now(), actor: { kind: 'service', name: 'bench' } }));
    },
    stop: async (): Promise<void> => {
      for (const client of [dynamoDb, kms]) client.destroy();
      await local.stop();
    },
  };
};

export type AuthorizerWorld = Awaited<ReturnType<typeof startAuthorizerWorld>>;

/** What surrounds an authorizer that prints nothing: the bench has a standard output of its own. */
export const quietSurroundings = (line: DeviceFacts['line']): Surroundings => ({
  topicPrefix: PREFIX,
  scope: { partition: 'aws', region: 'us-east-1', account: '111122223333' },
  boundaries: { lines: [{ name: line, sharedTopics: [] }], tenants: [] },
  audit: { emit: () => undefined },
  faults: {
    report: (fault) => {
      throw fault;
    },
  },
  clock: systemClock,
  newId: randomUUID,
  refusalFloorMs: 0,
});

/** What AWS IoT would send of a device that connects. */
export const eventOf = (clientId: string, { username, password }: { readonly username: string; readonly password: string }) => ({
  signatureVerified: false,
  protocols: ['tls', 'mqtt'],
  protocolData: { tls: { serverName: SERVER_NAME }, mqtt: { clientId, username, password: Buffer.from(password).toString('base64') } },
  connectionMetadata: { id: randomUUID() },
});
