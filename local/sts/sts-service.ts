import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import type { RoleStore } from '../iam/role-store.ts';
import { AccessKeys } from './access-keys.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { RoleSessions } from './role-sessions.ts';

export interface StsService {
  readonly api: ApiService;
  readonly accessKeys: AccessKeys;
  readonly sessions: RoleSessions;
}

/** STS: who a caller is, and sessions of roles. */
export const createStsService = (options: { readonly account: Account; readonly clock: Clock; readonly roles: RoleStore }): StsService => {
  const accessKeys = new AccessKeys(options.clock);
  const sessions = new RoleSessions(options.account, options.roles, accessKeys);
  const api = awsQueryService({
    signingNames: ['sts'],
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole(sessions) },
  });
  return { api, accessKeys, sessions };
};
