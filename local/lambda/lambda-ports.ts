import type { QueueReader } from '../sqs/queue-reader.ts';

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** An environment is not used beyond; without it, forever. */
  readonly expiresAtMs?: number;
}

/** What Lambda needs of the other services of the account. */
export interface LambdaPorts {
  /** A deployment package from S3. Rejects with `AwsError` when there is none. */
  readObject(bucket: string, key: string): Promise<Buffer>;
  /** Credentials of a function's role, for `lambda.amazonaws.com`. Rejects with `AwsError` when the role does not let it. */
  assumeRole(roleArn: string, sessionName: string): Promise<RoleCredentials>;
  /** Writes a line to a log group, made if there is none. */
  appendLog(logGroup: string, logStream: string, message: string): void;
  /** Where functions find AWS, e.g. `http://127.0.0.1:4566`; asked when one starts. */
  endpoint(): string;
  readonly queues: QueueReader;
}
