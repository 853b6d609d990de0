import * as z from 'zod';
import { addressUrl } from '../../gateway/addressed-endpoint.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { ApiGatewayDependencies } from '../apigateway-dependencies.ts';
import type { ApiSettings, HttpApi } from '../http-api.ts';
import { apiInput } from '../input-schemas.ts';
import { patched } from './patched.ts';

const named = z.object({ apiId: z.string() });
const refusal = 'BadRequestException';

export const describeApi = ({ endpoint }: ApiGatewayDependencies, api: HttpApi): object => ({
  apiId: api.apiId,
  apiEndpoint: addressUrl(endpoint(), { kind: 'execute-api', id: api.apiId }),
  protocolType: 'HTTP',
  routeSelectionExpression: '${request.method} ${request.path}',
  apiKeySelectionExpression: '$request.header.x-api-key',
  createdDate: new Date(api.createdAtMs).toISOString(),
  ...api.settings,
});

const settingsOf = ({ name, description, version, disableExecuteApiEndpoint, tags }: z.output<typeof apiInput>): ApiSettings => ({
  ...{ name, description, version, disableExecuteApiEndpoint, tags },
});

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export const createApi =
  (dependencies: ApiGatewayDependencies): Operation =>
  (members) =>
    describeApi(dependencies, dependencies.apis.add(settingsOf(parseInput(apiInput, members, refusal)), dependencies.clock.now()));

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html; all of them in one page. */
export const getApis =
  (dependencies: ApiGatewayDependencies): Operation =>
  () => ({ items: dependencies.apis.list().map((api) => describeApi(dependencies, api)) });

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html */
export const getApi =
  (dependencies: ApiGatewayDependencies): Operation =>
  (members) =>
    describeApi(dependencies, dependencies.apis.get(parseInput(named, members, refusal).apiId));

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html: what is not given stays. */
export const updateApi =
  (dependencies: ApiGatewayDependencies): Operation =>
  (members) => {
    const { apiId, ...changes } = members;
    const api = dependencies.apis.get(parseInput(named, { apiId }, refusal).apiId);
    api.settings = settingsOf(parseInput(apiInput, { protocolType: 'HTTP', ...patched(api.settings, changes) }, refusal));
    return describeApi(dependencies, api);
  };

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html: with everything in it. */
export const deleteApi =
  ({ apis }: ApiGatewayDependencies): Operation =>
  (members) => {
    apis.remove(parseInput(named, members, refusal).apiId);
    return undefined;
  };
