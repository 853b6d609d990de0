import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import { tagList } from '../../cloudformation/tags.ts';
import type { Role, RoleSettings, RoleStore } from '../role-store.ts';

const type = 'AWS::IAM::Role';

const schema = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  Description: z.string().optional(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  MaxSessionDuration: z.coerce.number().optional(),
  Path: z.string().default('/'),
  PermissionsBoundary: z.string().optional(),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
  RoleName: z.string().optional(),
  Tags: tagList.optional(),
});
type RoleProperties = z.output<typeof schema>;

const settingsOf = (properties: RoleProperties): RoleSettings => ({
  trustPolicy: properties.AssumeRolePolicyDocument,
  description: properties.Description,
  maxSessionDurationSeconds: properties.MaxSessionDuration,
  permissionsBoundary: properties.PermissionsBoundary,
  tags: properties.Tags,
});

const stateOf = (role: Role): ResourceState => ({ physicalId: role.roleName, attributes: { Arn: role.arn, RoleId: role.roleId } });

const grant = (roles: RoleStore, roleName: string, properties: RoleProperties): void => {
  for (const { PolicyName, PolicyDocument } of properties.Policies) roles.putInlinePolicy(roleName, PolicyName, PolicyDocument);
  for (const arn of properties.ManagedPolicyArns) roles.attachPolicy(roleName, arn);
};

/** Takes back only what this resource granted: other resources add policies of their own to the role. */
const withdraw = (roles: RoleStore, role: Role, { old, kept }: { readonly old: RoleProperties; readonly kept?: RoleProperties }): void => {
  const { roleName } = role;
  const keptNames = new Set(kept?.Policies.map(({ PolicyName }) => PolicyName));
  const keptArns = new Set(kept?.ManagedPolicyArns);
  for (const { PolicyName } of old.Policies) {
    if (!keptNames.has(PolicyName) && role.inlinePolicies.has(PolicyName)) roles.deleteInlinePolicy(roleName, PolicyName);
  }
  for (const arn of old.ManagedPolicyArns) {
    if (!keptArns.has(arn) && role.attachedPolicies.has(arn)) roles.detachPolicy(roleName, arn);
  }
};

const parse = (properties: Properties): RoleProperties => parseProperties(type, schema, properties);

/** `AWS::IAM::Role` */
export const roleResource = (roles: RoleStore): ResourceProvider =>
  synchronousProvider({
    type,
    createOnly: ['RoleName', 'Path'],
    create: (raw, context) => {
      const properties = parse(raw);
      const role = roles.create(properties.RoleName ?? context.generateName(64), properties.Path, settingsOf(properties));
      try {
        grant(roles, role.roleName, properties);
      } catch (error) {
        withdraw(roles, role, { old: properties });
        roles.delete(role.roleName);
        throw error;
      }
      return stateOf(role);
    },
    update: (state, { from, to }) => {
      const wanted = parse(to);
      const role = roles.update(state.physicalId, settingsOf(wanted));
      grant(roles, role.roleName, wanted);
      withdraw(roles, role, { old: parse(from), kept: wanted });
      return stateOf(role);
    },
    delete: (state, raw) => {
      try {
        withdraw(roles, roles.get(state.physicalId), { old: parse(raw) });
        roles.delete(state.physicalId);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'NoSuchEntity')) throw error;
      }
    },
  });
