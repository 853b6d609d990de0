import type { QueueReader } from '../sqs/queue-reader.ts';

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** An environment is not used beyond; without it, forever. */
  readonly expiresAtMs?: number;
}

/** Where a function's log lines go. */
export interface LogDestination {
  readonly logGroup: string;
  readonly logStream: string;
  /** Of the function. */
  readonly roleArn: string;
}

/** What Lambda needs of the other services of the account. */
export interface LambdaPorts {
  /** A deployment package from S3. Rejects with `AwsError` when there is none. */
  readObject(bucket: string, key: string): Promise<Buffer>;
  /** Credentials of a function's role, for `lambda.amazonaws.com`. Rejects with `AwsError` when the role does not let it. */
  assumeRole(roleArn: string, sessionName: string): Promise<RoleCredentials>;
  /** Writes a line to a log group, made if there is none, as far as the function's role may. */
  appendLog(message: string, to: LogDestination): void;
  /** Sends a message to a queue of the account, as far as the function's role may; else it is lost. */
  sendToQueue(body: string, to: { readonly queueArn: string; readonly roleArn: string }): void;
  /** Where functions find AWS, e.g. `http://127.0.0.1:4566`; asked when one starts. */
  endpoint(): string;
  /** Variables that lead functions to services elsewhere, e.g. `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly endpointVariables?: Readonly<Record<string, string>>;
  readonly queues: QueueReader;
  /** Whether a role may send to a queue. */
  maySendToQueue(roleArn: string, queueArn: string): boolean;
  /** The first operation on a queue, e.g. `ReceiveMessage`, that reading it needs and the role is not allowed. */
  missingQueuePermission(roleArn: string, queueArn: string): string | undefined;
}
