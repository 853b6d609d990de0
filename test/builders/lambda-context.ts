import type { Context } from 'aws-lambda';
import { FUNCTION_ARN } from './hook-event.ts';

/** Of a Lambda context, what our handlers read. */
export const aLambdaContext = (): Context => {
  const context: Partial<Context> = { invokedFunctionArn: FUNCTION_ARN, awsRequestId: 'request-1', getRemainingTimeInMillis: () => 5_000 };
  return context as Context;
};
