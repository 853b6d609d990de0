import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import type { OperationTable } from '../gateway/operation.ts';
import type { AccessControl } from './access/access-control.ts';
import { askIam, guardOperations } from './access/guard-operations.ts';
import { iamAuthorization } from './authorization.ts';
import { GroupStore } from './group-store.ts';
import type { IamStores } from './iam-stores.ts';
import { ManagedPolicyStore } from './managed-policy-store.ts';
import type { UserKeys } from './operations/access-key-operations.ts';
import { accessKeyOperations } from './operations/access-key-operations.ts';
import { groupOperations } from './operations/group-operations.ts';
import { policyOperations } from './operations/policy-operations.ts';
import { roleOperations } from './operations/role-operations.ts';
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy.ts';
import { userOperations } from './operations/user-operations.ts';
import { managedPolicyResource } from './resources/managed-policy-resource.ts';
import { policyResource } from './resources/policy-resource.ts';
import { roleResource } from './resources/role-resource.ts';
import { RoleStore } from './role-store.ts';
import { UserStore } from './user-store.ts';

export interface IamService extends IamStores {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
}

export interface IamOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** Without them users have no access keys. */
  readonly accessKeys?: UserKeys;
  readonly access?: AccessControl | undefined;
}

/** IAM as far as users, groups, roles and managed policies go. Documents are stored parsed. */
export const createIamService = ({ account, clock, accessKeys, access }: IamOptions): IamService => {
  const policies = new ManagedPolicyStore(account, clock);
  const users = new UserStore(account, clock, policies);
  const groups = new GroupStore(account, clock, { users, policies });
  const stores: IamStores = { policies, users, groups, roles: new RoleStore(account, clock, policies) };
  const { roles } = stores;
  const operations: OperationTable = {
    ...roleOperations(roles),
    ...policyOperations(policies),
    ...userOperations(users),
    ...groupOperations(groups, users),
    SimulatePrincipalPolicy: simulatePrincipalPolicy(account, stores),
    ...(accessKeys === undefined ? {} : accessKeyOperations(users, accessKeys)),
  };
  const guard = { access, authorization: iamAuthorization(account, stores) };
  const ask = askIam(guard);
  const api = awsQueryService({
    signingNames: ['iam'],
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: guardOperations(operations, guard),
  });
  return { ...stores, api, resources: [roleResource(roles, ask), policyResource(roles, ask), managedPolicyResource(stores, ask)] };
};
