import type { Account } from '../account.ts';
import type { RestJsonOperation } from '../gateway/rest-json.ts';
import type { AccessMapping, ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';

/** The path with the ids that an input names, without the version: `/apis/<id>/routes`. */
const pathOf = (uri: string, input: Readonly<Record<string, unknown>>): string =>
  uri.replace(/^\/v2/, '').replace(/\{(\w+)\}/g, (_whole, label: string) => {
    const value = input[label];
    return typeof value === 'string' ? value : '*';
  });

const mappingOf =
  ({ region, partition }: Account, { binding }: RestJsonOperation): AccessMapping =>
  (input) => [{ action: `apigateway:${binding.method}`, resource: `arn:${partition}:apigateway:${region}::${pathOf(binding.uri, input)}` }];

/** What IAM must allow for API Gateway's control plane: the method on the path (Service Authorization Reference, "API Gateway Management V2"). */
export const apiGatewayAuthorization = (account: Account, operations: Readonly<Record<string, RestJsonOperation>>): ServiceAuthorization =>
  serviceAuthorization({
    account,
    prefix: 'apigateway',
    operations: Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, mappingOf(account, operation)])),
  });
