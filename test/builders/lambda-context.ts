import type { Context } from 'aws-lambda';
import { FUNCTION_ARN } from './hook-event.ts';

export const aLambdaContext = (more: Partial<Context> = {}): Context => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'hook',
  functionVersion: '1',
  invokedFunctionArn: FUNCTION_ARN,
  memoryLimitInMB: '1024',
  awsRequestId: 'request-1',
  logGroupName: '/muster/audit',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 5_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
  ...more,
});
