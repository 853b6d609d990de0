import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { ApiResponse } from '../../gateway/api-service.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { maxPayloadBytes } from '../functions/function-runner.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';
import type { Outcome } from '../worker/execution-environment.ts';

const input = z.object({
  FunctionName: z.string(),
  Qualifier: z.string().optional(),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
  Payload: z.instanceof(Uint8Array).optional(),
});

/** Lambda Developer Guide, "Lambda quotas": asynchronous invocations. */
const maxEventBytes = 1024 * 1024;

const jsonText = (payload: Uint8Array | undefined): string => {
  const text = payload === undefined || payload.length === 0 ? '{}' : Buffer.from(payload).toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${why}`);
  }
};

const requireSize = (payload: Uint8Array | undefined, invocationType: string): void => {
  const limit = invocationType === 'Event' ? maxEventBytes : maxPayloadBytes;
  if (payload === undefined || payload.length <= limit) return;
  throw new AwsError(
    'RequestTooLargeException',
    `${payload.length} byte payload is too large for the ${invocationType} invocation type (limit ${limit} bytes)`,
    { status: 413 },
  );
};

const answerOf = (outcome: Outcome): object =>
  outcome.outcome === 'returned'
    ? { status: 200, payload: outcome.payload }
    : { status: 200, payload: JSON.stringify(outcome.error), functionError: 'Unhandled' };

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke =
  ({ functions, runner, asynchronous }: LambdaDependencies): Operation =>
  async (members) => {
    const wanted = parseInput(input, members);
    const { lambda, reference } = functions.resolve(wanted.FunctionName, wanted.Qualifier);
    requireSize(wanted.Payload, wanted.InvocationType);
    const request = { lambda, qualifier: reference.qualifier, payload: jsonText(wanted.Payload) };
    const executedVersion = lambda.resolve(reference.qualifier).version;
    if (wanted.InvocationType === 'DryRun') return { status: 204 };
    if (wanted.InvocationType === 'RequestResponse') return { ...answerOf(await runner.run(request)), executedVersion };
    asynchronous.start(request);
    return { status: 202 };
  };

const written = z.object({
  status: z.int(),
  payload: z.string().optional(),
  functionError: z.string().optional(),
  executedVersion: z.string().optional(),
});

/** The payload is the body; everything else travels in headers. */
export const writeInvokeResponse = (output: object): ApiResponse => {
  const { status, payload, functionError, executedVersion } = written.parse(output);
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': randomUUID(),
      ...(functionError === undefined ? {} : { 'x-amz-function-error': functionError }),
      ...(executedVersion === undefined ? {} : { 'x-amz-executed-version': executedVersion }),
    },
    ...(payload === undefined ? {} : { body: payload }),
  };
};
