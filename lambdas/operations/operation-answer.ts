import { OperationError, type OperationErrorCode } from '../../domain/operation-error.ts';
import type { Waiting } from '../../domain/operations-client.ts';

/** What a function URL makes an HTTP response of (Lambda Developer Guide, "Response payload format"). */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const statusCodes: Readonly<Record<OperationErrorCode, number>> = {
  ERR_INPUT: 400,
  ERR_NOT_ALLOWED: 403,
  ERR_NOT_FOUND: 404,
  ERR_CONFLICT: 409,
  ERR_BUSY: 429,
};

const answer = (statusCode: number, body: object): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

export const answerDone = (output: unknown): HttpAnswer => answer(200, { output });

export const answerWaiting = (waiting: Waiting): HttpAnswer => answer(202, { waiting });

export const answerRefused = ({ code, message }: OperationError): HttpAnswer => answer(statusCodes[code], { error: { code, message } });

/** Of what broke, nothing is told but where to look. */
export const answerBroken = (requestId: string): HttpAnswer =>
  answer(500, {
    error: { code: 'ERR_FAULT', message: `Something is broken. The log of the function says what, by request ${requestId}.` },
  });

// What services call it when they are asked too much: DynamoDB, AWS IoT, CloudWatch Logs, Lambda.
const throttling = new Set([
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
]);

/** AWS's "too much" in our words; everything else as it was. */
export const readThrottling = (fault: unknown): unknown =>
  fault instanceof Error && throttling.has(fault.name)
    ? new OperationError('ERR_BUSY', `AWS throttles (${fault.name}); the same request a little later is safe.`)
    : fault;
