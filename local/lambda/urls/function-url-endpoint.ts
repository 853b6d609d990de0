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
import { findUrl } from './find-url.ts';
import type { UrlGuard } from './may-invoke-url.ts';
import { mayInvokeUrl } from './may-invoke-url.ts';

interface UrlCall {
  readonly lambda: LambdaFunction;
  readonly url: FunctionUrl;
  readonly address: Address;
  readonly request: AddressedRequest;
  readonly requestId: string;
}

const answer = (status: number, body: object, headers: Readonly<Record<string, string>>): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const forbidden = (): ApiResponse => {
  const help = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  const Message = `Forbidden. For troubleshooting Function URL authorization issues, see: ${help}`;
  return answer(403, { Message }, { 'x-amzn-errortype': 'AccessDeniedException' });
};

/** Lambda Developer Guide, "Monitoring Lambda function URLs": 502 for a function that fails. */
const badGateway = (): ApiResponse => ({
  status: 502,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InternalFailure' },
  body: 'Internal Server Error',
});

const eventOf = ({ dependencies: { account, clock }, access }: UrlGuard, { url, address, request, requestId }: UrlCall): object => {
  const caller = url.authType === 'AWS_IAM' && request.signer.kind === 'caller' ? request.signer.caller : undefined;
  return httpEvent(request, {
    ...{ account, apiId: url.id, routeKey: '$default', stage: '$default', requestId, nowMs: clock.now(), rawPath: address.path },
    domainName: `${url.id}.lambda-url.${account.region}.on.aws`,
    accountId: caller?.accountId ?? 'anonymous',
    ...(caller === undefined ? {} : { authorizer: iamAuthorizer(caller, access?.userIdOf(caller) ?? caller.accountId) }),
  });
};

const run = async (guard: UrlGuard, call: UrlCall): Promise<ApiResponse> => {
  const { lambda, url, request, requestId } = call;
  if (!mayInvokeUrl(guard, call, request.signer)) return forbidden();
  const payload = JSON.stringify(eventOf(guard, call));
  if (Buffer.byteLength(payload) > maxPayloadBytes) return answer(413, { Message: 'Request too large' }, {});
  const outcome = await guard.dependencies.runner.run({ lambda, qualifier: url.qualifier, payload }, requestId);
  return (outcome.outcome === 'returned' ? httpResponse(JSON.parse(outcome.payload)) : undefined) ?? badGateway();
};

const refusalOf = (thrown: unknown): ApiResponse => {
  if (!(thrown instanceof AwsError)) return badGateway();
  if (thrown.status === 403) return forbidden();
  return answer(thrown.status, { message: thrown.message, ...thrown.members }, { 'x-amzn-errortype': thrown.code });
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
      const response = await run(guard, { ...found, address, request, requestId }).catch(refusalOf);
      return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
    };
  };
