import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { ApiService, Caller } from '../../gateway/api-service.ts';
import type { InvokeCustomResource } from './custom-resource.ts';

const errorBody = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional(), message: z.string().optional() });

const describeError = (body: string | Buffer | undefined): string => {
  const parsed = errorBody.safeParse(JSON.parse(body?.toString() ?? '{}'));
  if (!parsed.success) return String(body);
  const { errorType = 'Error', errorMessage, message } = parsed.data;
  return `${errorType}: ${errorMessage ?? message ?? ''}`;
};

/** Calls custom resources' functions by Lambda's own Invoke operation, in the account's name as CloudFormation does. */
export const invokeThroughLambda =
  (lambda: ApiService, caller: Caller): InvokeCustomResource =>
  async (functionArn, event) => {
    const response = await lambda.handle({
      method: 'POST',
      path: `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`,
      query: new URLSearchParams(),
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(event)),
      caller,
    });
    const isFailed = response.status >= 400 || response.headers?.['x-amz-function-error'] !== undefined;
    if (isFailed) throw new AwsError('GeneralServiceException', `The function ${functionArn} failed. ${describeError(response.body)}`);
  };
