import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { athenaOperations } from './athena-operations.ts';
import { namedQueryResource, workGroupResource } from './athena-resources.ts';
import { PRIMARY, WorkGroups } from './workgroups.ts';

export interface AthenaServiceOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
}

/** Amazon Athena: work groups and saved queries, without an engine. */
export const createAthenaService = ({
  account,
  clock,
  access,
}: AthenaServiceOptions): { readonly api: ApiService; readonly resources: readonly ResourceProvider[] } => {
  const groups = new WorkGroups();
  const groupOfQuery = (id: string | undefined): string => {
    try {
      return groups.query(id ?? '').WorkGroup;
    } catch {
      return PRIMARY;
    }
  };
  const authorization = serviceAuthorization({
    account,
    prefix: 'athena',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: {
      workgroupname: (input) =>
        textIn(input, 'NamedQueryId') === undefined
          ? (textIn(input, 'WorkGroup', 'Name') ?? PRIMARY)
          : groupOfQuery(textIn(input, 'NamedQueryId')),
    },
  });
  const operations = guardOperations(athenaOperations({ clock, groups }), { access, authorization });
  const call = operationCaller(account, operations);
  return {
    api: awsJsonService({ signingNames: ['athena'], targetPrefix: 'AmazonAthena', version: '1.1', operations }),
    resources: [workGroupResource(call), namedQueryResource(call)],
  };
};
