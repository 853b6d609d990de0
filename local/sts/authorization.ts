import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import type { AccessRequest } from '../iam/access/access-request.ts';
import { objectsIn, textIn, textsIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import type { RoleStore } from '../iam/role-store.ts';

/** AssumeRole asks more than its own action of both sides when it tags the session or names who is behind it. */
const assumeRoleActions = (input: OperationInput): readonly string[] => [
  'sts:AssumeRole',
  ...(objectsIn(input['Tags']).length === 0 ? [] : ['sts:TagSession']),
  ...(textIn(input, 'SourceIdentity') === undefined ? [] : ['sts:SetSourceIdentity']),
];

/** What IAM must allow for STS: a role's trust policy is its resource policy, and nobody gets past it. */
export const stsAuthorization = (account: Account, roles: RoleStore): ServiceAuthorization => {
  const assuming = (input: OperationInput): readonly AccessRequest[] => {
    const resource = textIn(input, 'RoleArn') ?? '*';
    const role = roles.findByArn(resource);
    const policies = { documents: role === undefined ? [] : [role.trustPolicy.document], isDecisive: true };
    const context = {
      'sts:ExternalId': textIn(input, 'ExternalId'),
      'sts:RoleSessionName': textIn(input, 'RoleSessionName'),
      'sts:SourceIdentity': textIn(input, 'SourceIdentity'),
      'sts:TransitiveTagKeys': textsIn(input['TransitiveTagKeys']),
      ...resourceTags(role?.tags ?? []),
    };
    return assumeRoleActions(input).map((action) => ({ action, resource, policies, context }));
  };
  return serviceAuthorization({
    account,
    prefix: 'sts',
    denial: { code: 'AccessDenied', status: 403, isTerse: true },
    // API reference, GetCallerIdentity: "No permissions are required to perform this operation", not even past a deny.
    operations: { AssumeRole: assuming, GetCallerIdentity: () => [] },
  });
};
