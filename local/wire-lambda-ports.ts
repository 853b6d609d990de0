import type { Clock } from './clock.ts';
import type { Caller } from './gateway/api-service.ts';
import type { LambdaPorts } from './lambda/lambda-ports.ts';
import type { LogsService } from './logs/logs-service.ts';
import { reusedSessions } from './reused-sessions.ts';
import type { S3Service } from './s3/s3-service.ts';
import type { SqsService } from './sqs/sqs-service.ts';
import type { RoleSession, RoleSessions } from './sts/role-sessions.ts';
import type { StsService } from './sts/sts-service.ts';

const lambdaPrincipal = 'lambda.amazonaws.com';

const sessionSeconds = 3600;

const startSession = (sessions: RoleSessions, roleArn: string, sessionName: string): RoleSession =>
  sessions.assumeAsService({ roleArn, sessionName, durationSeconds: sessionSeconds }, lambdaPrincipal);

/** Sessions in which Lambda itself acts for functions: writes their logs and reads their queues. None for a role that it may not assume (any more). */
const lambdaSessions = (clock: Clock, sessions: RoleSessions): ((roleArn: string) => Caller | undefined) => {
  const reused = reusedSessions(clock, (roleArn) => startSession(sessions, roleArn, 'lambda').caller);
  return (roleArn) => (sessions.isAssumableBy(roleArn, lambdaPrincipal) ? reused(roleArn) : undefined);
};

/** Lambda Developer Guide, "Using Lambda with Amazon SQS": what the function's role has to allow. */
const pollingOperations = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] as const;

export interface LambdaPortServices {
  readonly logs: LogsService;
  readonly s3: S3Service;
  readonly sqs: SqsService;
  readonly sts: StsService;
}

/** Reads packages, assumes roles, writes logs and finds queues for Lambda. */
export const lambdaPorts = (
  { logs, s3, sqs, sts }: LambdaPortServices,
  { clock, endpoint }: { readonly clock: Clock; readonly endpoint: () => string },
): LambdaPorts => {
  const sessionOf = lambdaSessions(clock, sts.sessions);
  return {
    readObject: (bucket, key) =>
      new Promise((resolve) => {
        resolve(s3.buckets.get(bucket).get(key).body);
      }),
    assumeRole: (roleArn, sessionName) =>
      new Promise((resolve) => {
        resolve(startSession(sts.sessions, roleArn, sessionName).credentials);
      }),
    appendLog: (message, { logGroup, logStream, roleArn }) => {
      const caller = sessionOf(roleArn);
      // What the role does not let it write is lost, and nobody is told.
      if (caller !== undefined && logs.permits(caller, { logGroup, logStream })) logs.append(logGroup, logStream, message);
    },
    sendToQueue: (body, { queueArn, roleArn }) => {
      const caller = sessionOf(roleArn);
      if (caller !== undefined && sqs.permits(caller, 'SendMessage', queueArn)) sqs.append(queueArn, body, caller);
    },
    maySendToQueue: (roleArn, queueArn) => {
      const caller = sessionOf(roleArn);
      return caller !== undefined && sqs.permits(caller, 'SendMessage', queueArn);
    },
    endpoint,
    queues: sqs.reader,
    missingQueuePermission: (roleArn, queueArn) => {
      const caller = sessionOf(roleArn);
      return pollingOperations.find((operation) => caller === undefined || !sqs.permits(caller, operation, queueArn));
    },
  };
};
