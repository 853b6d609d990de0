import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import { ManagedPolicyStore } from './managed-policy-store.ts';
import { policyOperations } from './operations/policy-operations.ts';
import { roleOperations } from './operations/role-operations.ts';
import { managedPolicyResource } from './resources/managed-policy-resource.ts';
import { policyResource } from './resources/policy-resource.ts';
import { roleResource } from './resources/role-resource.ts';
import { RoleStore } from './role-store.ts';

export interface IamService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  readonly roles: RoleStore;
  readonly policies: ManagedPolicyStore;
}

/** IAM as far as roles and managed policies go. Documents are stored parsed; nothing is evaluated here but trust. */
export const createIamService = (options: { readonly account: Account; readonly clock: Clock }): IamService => {
  const policies = new ManagedPolicyStore(options.account, options.clock);
  const roles = new RoleStore(options.account, options.clock, policies);
  const api = awsQueryService({
    signingNames: ['iam'],
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: { ...roleOperations(roles), ...policyOperations(policies) },
  });
  return { api, resources: [roleResource(roles), policyResource(roles), managedPolicyResource(policies, roles)], roles, policies };
};
