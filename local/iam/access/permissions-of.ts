import type { Caller } from '../../gateway/api-service.ts';
import { identityGrammar } from '../../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { Group } from '../group-store.ts';
import type { IamStores } from '../iam-stores.ts';
import type { Role } from '../role-store.ts';
import type { User } from '../user-store.ts';
import type { ConditionValues } from './access-request.ts';
import type { Permissions } from './permissions.ts';

/** IAM User Guide, "AWS account root user": nothing limits it but policies of resources. */
const everything = parsePolicyDocument(
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  identityGrammar,
);

const documentsOf = ({ policies }: IamStores, identity: Role | User | Group | undefined): readonly PolicyDocument[] => {
  if (identity === undefined) return [];
  const attached = [...identity.attachedPolicies].map((arn) => policies.documentOf(arn)).filter((document) => document !== undefined);
  return [...[...identity.inlinePolicies.values()].map(({ document }) => document), ...attached];
};

/** A boundary that names no policy allows nothing. */
const boundaryOf = ({ policies }: IamStores, identity: Role | User | undefined): readonly PolicyDocument[] | undefined => {
  if (identity?.permissionsBoundary === undefined) return undefined;
  const document = policies.documentOf(identity.permissionsBoundary);
  return document === undefined ? [] : [document];
};

const tagKeys = (tags: ReadonlyMap<string, string>): ConditionValues =>
  Object.fromEntries([...tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));

const sharedContext = ({ accountId, arn, session }: Caller): ConditionValues => ({
  'aws:PrincipalAccount': accountId,
  'aws:PrincipalArn': session?.roleArn ?? arn,
  'aws:PrincipalIsAWSService': 'false',
  'kms:CallerAccount': accountId,
});

const ofSession = (stores: IamStores, caller: Caller, session: NonNullable<Caller['session']>): Permissions => {
  const role = stores.roles.findByArn(session.roleArn);
  return {
    principal: { arn: caller.arn, accountId: caller.accountId, roleArn: session.roleArn },
    identity: documentsOf(stores, role),
    boundary: boundaryOf(stores, role),
    session: session.policies,
    context: () => ({
      ...sharedContext(caller),
      'aws:PrincipalType': 'AssumedRole',
      'aws:userid': session.assumedRoleId,
      'aws:SourceIdentity': session.sourceIdentity,
      'aws:TokenIssueTime': new Date(session.issuedAtMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      ...tagKeys(session.tags),
    }),
  };
};

const ofUser = (stores: IamStores, caller: Caller): Permissions => {
  const user = stores.users.findByArn(caller.arn);
  return {
    principal: { arn: caller.arn, accountId: caller.accountId },
    identity: [...documentsOf(stores, user), ...stores.groups.ofUser(user?.userName ?? '').flatMap((group) => documentsOf(stores, group))],
    boundary: boundaryOf(stores, user),
    session: undefined,
    context: () => ({
      ...sharedContext(caller),
      'aws:PrincipalType': 'User',
      'aws:userid': user?.userId,
      'aws:username': user?.userName,
      ...tagKeys(user?.tags ?? new Map()),
    }),
  };
};

const ofRoot = (caller: Caller): Permissions => ({
  principal: { arn: caller.arn, accountId: caller.accountId },
  identity: [everything],
  boundary: undefined,
  session: undefined,
  context: () => ({ ...sharedContext(caller), 'aws:PrincipalType': 'Account', 'aws:userid': caller.accountId }),
});

/** What a caller of this account may do by its own policies, as they are now; an identity that is gone may do nothing. */
export const permissionsOf = (stores: IamStores, caller: Caller): Permissions => {
  if (caller.session !== undefined) return ofSession(stores, caller, caller.session);
  return caller.arn.endsWith(':root') ? ofRoot(caller) : ofUser(stores, caller);
};
