import type { IamPolicy } from '../iam-policy.ts';
import type { Role } from '../role-store.ts';

/** IAM returns documents percent-encoded (RFC 3986). */
export const encodeDocument = ({ text }: IamPolicy): string => encodeURIComponent(text);

export const roleOutput = (role: Role): object => ({
  Path: role.path,
  RoleName: role.roleName,
  RoleId: role.roleId,
  Arn: role.arn,
  CreateDate: new Date(role.createdAtMs),
  AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDurationSeconds,
  Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })),
});
