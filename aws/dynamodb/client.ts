import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * A client whose every try ends while a device waits at the other end: AWS IoT gives a hook 5 s, and the SDK by itself
 * would wait without end. Three tries of 900 ms with the standard back-off between them stay below 3.5 s.
 */
export const createImpatientDynamoDbClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 3,
    // Without `throwOnRequestTimeout` a request timeout is only a warning.
    requestHandler: { connectionTimeout: 900, requestTimeout: 900, throwOnRequestTimeout: true },
  });

/** A client for work that nobody waits for. */
export const createDynamoDbClient = (): DynamoDBClient => new DynamoDBClient();
