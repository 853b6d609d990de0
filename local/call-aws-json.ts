import * as z from 'zod';
import { AwsError } from './aws-error.ts';
import type { ApiService, Caller } from './gateway/api-service.ts';

const errorBody = z.object({ __type: z.string(), message: z.string().default('') });

/** Calls an operation of an AWS JSON service in process, as a client would. Rejects with the `AwsError` that it answers. */
export const callAwsJson = async (
  service: ApiService,
  caller: Caller,
  call: { readonly target: string; readonly input: object },
): Promise<unknown> => {
  const response = await service.handle({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': call.target },
    body: Buffer.from(JSON.stringify(call.input)),
    caller,
  });
  const body: unknown = JSON.parse(response.body?.toString() ?? '{}');
  if (response.status < 400) return body;
  const { __type: code, message } = errorBody.parse(body);
  throw new AwsError(code, message, { status: response.status });
};
