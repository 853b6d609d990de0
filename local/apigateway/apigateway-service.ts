import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { AddressedEndpoint } from '../gateway/addressed-endpoint.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { restJsonService } from '../gateway/rest-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardRestOperations } from '../iam/access/guard-operations.ts';
import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import { ApiStore } from './api-store.ts';
import { apiGatewayOperations } from './apigateway-operations.ts';
import { apiGatewayAuthorization } from './authorization.ts';
import { httpApiEndpoint } from './invoke/http-api-endpoint.ts';
import { IssuerKeys } from './invoke/issuer-keys.ts';
import { apiGatewayResources } from './resources/apigateway-resources.ts';

export interface ApiGatewayService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** Where HTTP APIs answer. */
  readonly endpoints: AddressedEndpoint;
}

export interface ApiGatewayOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** The gateway's address, known once it listens. */
  readonly endpoint: () => string;
  readonly invoker: FunctionInvoker;
  readonly access?: AccessControl | undefined;
}

/** API Gateway v2: HTTP APIs in front of Lambda functions. */
export const createApiGatewayService = ({ account, clock, endpoint, invoker, access }: ApiGatewayOptions): ApiGatewayService => {
  const apis = new ApiStore();
  const unguarded = apiGatewayOperations({ account, clock, endpoint, apis });
  const operations = guardRestOperations(unguarded, { access, authorization: apiGatewayAuthorization(account, unguarded) });
  const call = operationCaller(account, Object.fromEntries(Object.entries(operations).map(([name, { handle }]) => [name, handle])));
  return {
    api: restJsonService({ signingNames: ['apigateway'], operations }),
    resources: apiGatewayResources(call),
    endpoints: httpApiEndpoint({ account, clock, access, apis, invoker, issuers: new IssuerKeys(clock) }),
  };
};
