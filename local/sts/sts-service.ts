import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import type { IamStores } from '../iam/iam-stores.ts';
import { AccessKeys } from './access-keys.ts';
import { stsAuthorization } from './authorization.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { RoleSessions } from './role-sessions.ts';

export interface StsService {
  readonly api: ApiService;
  readonly accessKeys: AccessKeys;
  readonly sessions: RoleSessions;
}

export interface StsOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly iam: IamStores;
  /** Default: keys of its own. */
  readonly accessKeys?: AccessKeys;
  readonly access?: AccessControl | undefined;
}

/** STS: who a caller is, and sessions of roles. */
export const createStsService = ({ account, clock, iam, access, ...rest }: StsOptions): StsService => {
  const accessKeys = rest.accessKeys ?? new AccessKeys(clock);
  const sessions = new RoleSessions(account, { roles: iam.roles, keys: accessKeys, watch: access?.watch });
  const operations = { GetCallerIdentity: getCallerIdentity(iam.users), AssumeRole: assumeRole(sessions, iam.policies) };
  const api = awsQueryService({
    signingNames: ['sts'],
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: guardOperations(operations, { access, authorization: stsAuthorization(account, iam.roles) }),
  });
  return { api, accessKeys, sessions };
};
