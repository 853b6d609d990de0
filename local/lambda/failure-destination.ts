import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { RunRequest } from './functions/function-runner.ts';
import type { LambdaFunction } from './functions/lambda-function.ts';
import type { LambdaPorts } from './lambda-ports.ts';
import type { Outcome } from './worker/execution-environment.ts';

export type Failed = Extract<Outcome, { readonly outcome: 'failed' }>;

/** What becomes of an event that its function never took. */
export interface GivenUp {
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
  readonly requestId: string;
  readonly attempts: number;
  /** Of the last attempt; undefined where there was none that ran. */
  readonly failure: Failed | undefined;
}

const config = z.object({
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string().optional() }).optional() }).optional(),
});

/** Where events go that a function, or a version of it, does not take. */
export const failureDestinationOf = (lambda: LambdaFunction, qualifier: string | undefined): string | undefined =>
  config.safeParse(lambda.eventInvokeConfigs.get(qualifier ?? '$LATEST') ?? {}).data?.DestinationConfig?.OnFailure?.Destination;

/** Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations": the record of one, as a queue gets it. */
const recordOf = (
  { lambda, qualifier = '$LATEST', payload }: RunRequest,
  { condition, requestId, attempts, failure }: GivenUp,
  at: Date,
) => ({
  version: '1.0',
  timestamp: at.toISOString(),
  requestContext: { requestId, functionArn: `${lambda.arn}:${qualifier}`, condition, approximateInvokeCount: attempts },
  requestPayload: JSON.parse(payload) as unknown,
  ...(failure === undefined
    ? {}
    : { responseContext: { statusCode: 200, executedVersion: qualifier, functionError: 'Unhandled' }, responsePayload: failure.error }),
});

interface Sending {
  readonly ports: Pick<LambdaPorts, 'sendToQueue'>;
  readonly clock: Clock;
}

/** Sends an event that was given up to where its function says, as far as the function's role may. */
export const sendGivenUp = ({ ports, clock }: Sending, request: RunRequest, givenUp: GivenUp): void => {
  const queueArn = failureDestinationOf(request.lambda, request.qualifier);
  if (queueArn === undefined) return;
  const body = JSON.stringify(recordOf(request, givenUp, new Date(clock.now())));
  ports.sendToQueue(body, { queueArn, roleArn: request.lambda.resolve(request.qualifier).configuration.Role });
};
