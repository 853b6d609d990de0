import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { OperationInput } from '../gateway/operation.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { Catalog } from './catalog.ts';
import { glueOperations } from './glue-operations.ts';
import { databaseResource, tableResource } from './glue-resources.ts';

export interface GlueServiceOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
}

const nameIn = (input: OperationInput, member: string): string | undefined => {
  const inner = input[member];
  return typeof inner === 'object' && inner !== null && 'Name' in inner && typeof inner.Name === 'string' ? inner.Name : undefined;
};

// Glue Developer Guide, "Specifying AWS Glue resource ARNs": whoever touches something needs everything above it, too.
const resourcesOf = (account: Account, { hasTable }: { readonly hasTable: boolean }) => {
  const arn = (resource: string): string => arnOf(account, 'glue', resource);
  return (input: OperationInput): readonly string[] => {
    const database = textIn(input, 'DatabaseName') ?? nameIn(input, 'DatabaseInput') ?? textIn(input, 'Name') ?? '';
    const table = nameIn(input, 'TableInput') ?? textIn(input, 'Name') ?? '';
    return [arn('catalog'), arn(`database/${database}`), ...(hasTable ? [arn(`table/${database}/${table}`)] : [])];
  };
};

const verbs = ['Create', 'Delete', 'Get', 'Update'] as const;

/** AWS Glue: the catalog of databases and tables. */
export const createGlueService = ({
  account,
  clock,
  access,
}: GlueServiceOptions): { readonly api: ApiService; readonly resources: readonly ResourceProvider[] } => {
  const authorization = serviceAuthorization({
    account,
    prefix: 'glue',
    denial: { code: 'AccessDeniedException', status: 400 },
    resources: Object.fromEntries(
      verbs.flatMap((verb) => [
        [`${verb}Database`, resourcesOf(account, { hasTable: false })],
        [`${verb}Table`, resourcesOf(account, { hasTable: true })],
      ]),
    ),
  });
  const operations = guardOperations(glueOperations({ account, clock, catalog: new Catalog() }), { access, authorization });
  const call = operationCaller(account, operations);
  return {
    api: awsJsonService({ signingNames: ['glue'], targetPrefix: 'AWSGlue', version: '1.1', operations }),
    resources: [databaseResource(call), tableResource(call)],
  };
};
