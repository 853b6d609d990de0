import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { ApiService, Caller } from '../../gateway/api-service.ts';
import { actingCaller } from '../../gateway/acting-caller.ts';
import type { InvokeCustomResource } from './custom-resource.ts';

const refusal = z.object({ Message: z.string().optional(), message: z.string().optional() });

const messageOf = (body: string | Buffer | undefined): string => {
  const { Message, message } = refusal.parse(JSON.parse(body?.toString() ?? '{}'));
  return Message ?? message ?? '';
};

/** Calls custom resources' functions by Lambda's own Invoke operation, in the name of whoever acts and without waiting, as CloudFormation does. */
export const invokeThroughLambda =
  (lambda: ApiService, caller: Caller): InvokeCustomResource =>
  async (functionArn, event) => {
    const response = await lambda.handle({
      method: 'POST',
      path: `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`,
      query: new URLSearchParams(),
      headers: { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' },
      body: Buffer.from(JSON.stringify(event)),
      caller: actingCaller() ?? caller,
    });
    if (response.status < 400) return;
    throw new AwsError('GeneralServiceException', `The function ${functionArn} cannot be invoked. ${messageOf(response.body)}`);
  };
