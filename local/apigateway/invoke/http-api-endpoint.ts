import { randomUUID } from 'node:crypto';
import { arnOf } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { Address, AddressedEndpoint, AddressedRequest } from '../../gateway/addressed-endpoint.ts';
import { addressOf } from '../../gateway/addressed-endpoint.ts';
import type { ApiResponse } from '../../gateway/api-service.ts';
import type { FunctionInvoker, InvocationResult } from '../../lambda/function-invoker.ts';
import { httpEvent } from '../../lambda/http/http-event.ts';
import { httpResponse } from '../../lambda/http/http-response.ts';
import type { ApiStore } from '../api-store.ts';
import type { HttpApi, Integration } from '../http-api.ts';
import type { RouteGuard } from './authorize.ts';
import { authorizeRoute } from './authorize.ts';
import type { RouteMatch } from './match-route.ts';
import { matchRoute } from './match-route.ts';
import type { StagedPath } from './staged-path.ts';
import { stagedPath } from './staged-path.ts';

export interface HttpApiEndpointOptions extends RouteGuard {
  readonly apis: ApiStore;
  readonly invoker: FunctionInvoker;
}

const plain = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
});

const messages = { 401: 'Unauthorized', 403: 'Forbidden' } as const;

interface Passage {
  readonly api: HttpApi;
  readonly address: Address;
  readonly staged: StagedPath;
  readonly match: RouteMatch;
  readonly requestId: string;
}

const eventOf = (
  options: HttpApiEndpointOptions,
  request: AddressedRequest,
  passage: Passage & { readonly authorizer: object | undefined },
): object => {
  const { account, clock } = options;
  const { api, address, staged, match } = passage;
  return httpEvent(request, {
    ...{ account, accountId: account.accountId, apiId: api.apiId, requestId: passage.requestId, nowMs: clock.now() },
    ...{ routeKey: match.route.routeKey, pathParameters: match.pathParameters, authorizer: passage.authorizer },
    ...{ stage: staged.stage.stageName, stageVariables: staged.stage.stageVariables, rawPath: address.path },
    domainName: `${api.apiId}.execute-api.${account.region}.amazonaws.com`,
  });
};

const functionArnIn = (uri: string): string => /arn:aws:lambda:[^/]+/.exec(uri)?.[0] ?? uri;

/** Which route of which stage calls, for the function's policy: `<api>/<stage>/<method>/<path of the route>`. */
const sourceArn = ({ account }: HttpApiEndpointOptions, { method }: AddressedRequest, { api, staged, match }: Passage): string => {
  const { routeKey } = match.route;
  const route = routeKey === '$default' ? '$default' : `${method}${routeKey.slice(routeKey.indexOf(' ') + 1)}`;
  return arnOf(account, 'execute-api', `${api.apiId}/${staged.stage.stageName}/${route}`);
};

const responseTo = (result: InvocationResult | undefined): ApiResponse => {
  if (result === undefined) return plain(503, 'Service Unavailable');
  if (result.outcome === 'refused' && result.code === 'TooManyRequestsException') return plain(503, 'Service Unavailable');
  const response = result.outcome === 'returned' ? httpResponse(result.payload) : undefined;
  return response ?? plain(500, 'Internal Server Error');
};

/** What comes of it in time; undefined when it takes longer. */
const within = async <Result>(clock: Clock, limitMs: number, outcome: Promise<Result>): Promise<Result | undefined> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = clock.setTimer(() => {
    resolve(undefined);
  }, limitMs);
  try {
    return await Promise.race([outcome, promise]);
  } finally {
    timer.cancel();
  }
};

const integrate = async (
  options: HttpApiEndpointOptions,
  request: AddressedRequest,
  passage: Passage & { readonly authorizer: object | undefined; readonly integration: Integration },
): Promise<ApiResponse> => {
  const { integrationUri, timeoutInMillis } = passage.integration;
  const invocation = options.invoker.invoke({
    functionArn: functionArnIn(integrationUri),
    payload: eventOf(options, request, passage),
    principal: 'apigateway.amazonaws.com',
    sourceArn: sourceArn(options, request, passage),
    sourceAccount: options.account.accountId,
  });
  return responseTo(await within(options.clock, timeoutInMillis, invocation));
};

const answer = async (
  options: HttpApiEndpointOptions,
  { api, address }: Pick<Passage, 'api' | 'address'>,
  request: AddressedRequest,
): Promise<ApiResponse> => {
  const requestId = randomUUID();
  const staged = stagedPath(api, address.path);
  const match = staged === undefined ? undefined : matchRoute(staged.routing.routes.values(), request.method, staged.path);
  if (staged === undefined || match === undefined) return plain(404, 'Not Found');
  const resource = arnOf(options.account, 'execute-api', `${api.apiId}/${staged.stage.stageName}/${request.method}${staged.path}`);
  const authorization = await authorizeRoute(options, request, { route: match.route, routing: staged.routing, resource });
  if (!authorization.isAllowed) return plain(authorization.status, messages[authorization.status], authorization.headers);
  const integration = staged.routing.integrations.get(match.route.target?.replace('integrations/', '') ?? '');
  if (integration === undefined) return plain(500, 'Internal Server Error');
  const passage = { api, address, staged, match, requestId, integration, authorizer: authorization.authorizer };
  const response = await integrate(options, request, passage);
  return { ...response, headers: { ...response.headers, 'apigw-requestid': requestId } };
};

/** Answers at the addresses of HTTP APIs (API Gateway Developer Guide, "Working with HTTP APIs"). */
export const httpApiEndpoint =
  (options: HttpApiEndpointOptions): AddressedEndpoint =>
  (asked) => {
    const address = addressOf(asked);
    const api = address?.kind === 'execute-api' ? options.apis.find(address.id) : undefined;
    if (address === undefined || api === undefined) return undefined;
    return (request) => (api.settings.disableExecuteApiEndpoint ? plain(404, 'Not Found') : answer(options, { api, address }, request));
  };
