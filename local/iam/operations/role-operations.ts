import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { noSuchEntity } from '../iam-errors.ts';
import type { RoleStore } from '../role-store.ts';
import { tagList } from './identity-input.ts';
import { encodeDocument, roleOutput } from './role-output.ts';

const named = z.object({ RoleName: z.string() });
const attachment = named.extend({ PolicyArn: z.string() });
const inline = named.extend({ PolicyName: z.string() });

const createInput = named.extend({
  AssumeRolePolicyDocument: z.string(),
  Path: z.string().default('/'),
  Description: z.string().optional(),
  MaxSessionDuration: z.coerce.number().optional(),
  PermissionsBoundary: z.string().optional(),
  Tags: tagList.optional(),
});

const createRole =
  (roles: RoleStore): Operation =>
  (raw) => {
    const input = parseInput(createInput, raw, 'ValidationError');
    const role = roles.create(input.RoleName, input.Path, {
      trustPolicy: input.AssumeRolePolicyDocument,
      description: input.Description,
      maxSessionDurationSeconds: input.MaxSessionDuration,
      permissionsBoundary: input.PermissionsBoundary,
      tags: input.Tags,
    });
    return { Role: roleOutput(role) };
  };

const getRolePolicy =
  (roles: RoleStore): Operation =>
  (raw) => {
    const { RoleName, PolicyName } = parseInput(inline, raw, 'ValidationError');
    const document = roles.get(RoleName).inlinePolicies.get(PolicyName);
    if (document === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    return { RoleName, PolicyName, PolicyDocument: encodeDocument(document) };
  };

const listAttachedRolePolicies =
  (roles: RoleStore): Operation =>
  (raw) => {
    const role = roles.get(parseInput(named, raw, 'ValidationError').RoleName);
    const AttachedPolicies = [...role.attachedPolicies].map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }));
    return { AttachedPolicies, IsTruncated: false };
  };

/** The IAM operations on roles; each touches the roles alone. */
export const roleOperations = (roles: RoleStore): OperationTable => ({
  CreateRole: createRole(roles),
  GetRole: (raw) => ({ Role: roleOutput(roles.get(parseInput(named, raw, 'ValidationError').RoleName)) }),
  ListRoles: () => ({ Roles: roles.list().map(roleOutput), IsTruncated: false }),
  DeleteRole: (raw) => {
    roles.delete(parseInput(named, raw, 'ValidationError').RoleName);
    return undefined;
  },
  PutRolePolicy: (raw) => {
    const input = parseInput(inline.extend({ PolicyDocument: z.string() }), raw, 'ValidationError');
    roles.putInlinePolicy(input.RoleName, input.PolicyName, input.PolicyDocument);
    return undefined;
  },
  GetRolePolicy: getRolePolicy(roles),
  ListRolePolicies: (raw) => ({
    PolicyNames: [...roles.get(parseInput(named, raw, 'ValidationError').RoleName).inlinePolicies.keys()],
    IsTruncated: false,
  }),
  DeleteRolePolicy: (raw) => {
    const input = parseInput(inline, raw, 'ValidationError');
    roles.deleteInlinePolicy(input.RoleName, input.PolicyName);
    return undefined;
  },
  AttachRolePolicy: (raw) => {
    const input = parseInput(attachment, raw, 'ValidationError');
    roles.attachPolicy(input.RoleName, input.PolicyArn);
    return undefined;
  },
  DetachRolePolicy: (raw) => {
    const input = parseInput(attachment, raw, 'ValidationError');
    roles.detachPolicy(input.RoleName, input.PolicyArn);
    return undefined;
  },
  ListAttachedRolePolicies: listAttachedRolePolicies(roles),
});
