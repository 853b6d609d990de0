import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Address, AddressedEndpoint, AddressedRequest } from '../../gateway/addressed-endpoint.ts';
import { addressOf } from '../../gateway/addressed-endpoint.ts';
import type { ApiResponse } from '../../gateway/api-service.ts';
import { maxPayloadBytes } from '../functions/function-runner.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import { httpEvent, iamAuthorizer } from '../http/http-event.ts';
import { httpResponse } from '../http/http-response.ts';
import type { FunctionUrl } from './function-url.ts';
import { findUrl } from './function-url.ts';
import type { UrlGuard } from './may-invoke-url.ts';
import { requireUrlAccess } from './may-invoke-url.ts';

interface FoundUrl {
  readonly lambda: LambdaFunction;
  readonly url: FunctionUrl;
  readonly address: Address;
}

const answer = (status: number, body: object, requestId: string, errorType?: string): ApiResponse => ({
  status,
  headers: {
    ...{ 'content-type': 'application/json', 'x-amzn-requestid': requestId },
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
  },
  body: JSON.stringify(body),
});

const forbidden = (requestId: string): ApiResponse => {
  const Message =
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  return answer(403, { Message }, requestId, 'AccessDeniedException');
};

/** Lambda Developer Guide, "Monitoring Lambda function URLs": 502 for a function that fails. */
const badGateway = (requestId: string): ApiResponse => ({
  status: 502,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': 'InternalFailure' },
  body: 'Internal Server Error',
});

const eventOf = (guard: UrlGuard, { url, address }: FoundUrl, request: AddressedRequest, requestId: string): object => {
  const { account, clock } = guard.dependencies;
  const caller = url.authType === 'AWS_IAM' && request.signer.kind === 'caller' ? request.signer.caller : undefined;
  return httpEvent(request, {
    ...{ account, apiId: url.id, routeKey: '$default', stage: '$default', requestId, nowMs: clock.now(), rawPath: address.path },
    domainName: `${url.id}.lambda-url.${account.region}.on.aws`,
    accountId: caller?.accountId ?? 'anonymous',
    ...(caller === undefined ? {} : { authorizer: iamAuthorizer(caller) }),
  });
};

const run = async (guard: UrlGuard, found: FoundUrl, request: AddressedRequest, requestId: string): Promise<ApiResponse> => {
  if (!requireUrlAccess(guard, found, request.signer)) return forbidden(requestId);
  const payload = JSON.stringify(eventOf(guard, found, request, requestId));
  if (Buffer.byteLength(payload) > maxPayloadBytes) return answer(413, { Message: 'Request too large' }, requestId);
  const outcome = await guard.dependencies.runner.run({ lambda: found.lambda, qualifier: found.url.qualifier, payload }, requestId);
  const response = outcome.outcome === 'returned' ? httpResponse(JSON.parse(outcome.payload)) : undefined;
  if (response === undefined) return badGateway(requestId);
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
};

const refusalOf = (thrown: unknown, requestId: string): ApiResponse => {
  if (!(thrown instanceof AwsError)) return badGateway(requestId);
  if (thrown.status === 403) return forbidden(requestId);
  return answer(thrown.status, { message: thrown.message, ...thrown.members }, requestId, thrown.code);
};

/** Answers at the addresses of functions (Lambda Developer Guide, "Invoking Lambda function URLs"). */
export const functionUrlEndpoint =
  (guard: UrlGuard): AddressedEndpoint =>
  (asked) => {
    const address = addressOf(asked);
    const found = address?.kind === 'lambda-url' ? findUrl(guard.dependencies.functions, address.id) : undefined;
    if (address === undefined || found === undefined) return undefined;
    return async (request) => {
      const requestId = randomUUID();
      try {
        return await run(guard, { ...found, address }, request, requestId);
      } catch (thrown) {
        return refusalOf(thrown, requestId);
      }
    };
  };
