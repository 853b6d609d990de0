import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import { tagList } from '../../cloudformation/tags.ts';
import type { AskIam } from '../access/guard-operations.ts';
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

/** What the provider works on. */
interface Ports {
  readonly roles: RoleStore;
  readonly ask: AskIam;
}

const grant = ({ roles, ask }: Ports, RoleName: string, properties: RoleProperties): void => {
  for (const { PolicyName, PolicyDocument } of properties.Policies) {
    ask('PutRolePolicy', { RoleName, PolicyName });
    roles.putInlinePolicy(RoleName, PolicyName, PolicyDocument);
  }
  for (const PolicyArn of properties.ManagedPolicyArns) {
    ask('AttachRolePolicy', { RoleName, PolicyArn });
    roles.attachPolicy(RoleName, PolicyArn);
  }
};

/** Takes back only what this resource granted: other resources add policies of their own to the role. */
const withdraw = (
  { roles, ask }: Ports,
  role: Role,
  { old, kept }: { readonly old: RoleProperties; readonly kept?: RoleProperties },
): void => {
  const { roleName } = role;
  const keptNames = new Set(kept?.Policies.map(({ PolicyName }) => PolicyName));
  const keptArns = new Set(kept?.ManagedPolicyArns);
  for (const { PolicyName } of old.Policies) {
    if (keptNames.has(PolicyName) || !role.inlinePolicies.has(PolicyName)) continue;
    ask('DeleteRolePolicy', { RoleName: roleName, PolicyName });
    roles.deleteInlinePolicy(roleName, PolicyName);
  }
  for (const arn of old.ManagedPolicyArns) {
    if (keptArns.has(arn) || !role.attachedPolicies.has(arn)) continue;
    ask('DetachRolePolicy', { RoleName: roleName, PolicyArn: arn });
    roles.detachPolicy(roleName, arn);
  }
};

const parse = (properties: Properties): RoleProperties => parseProperties(type, schema, properties);

const askForChanges = (
  ask: AskIam,
  RoleName: string,
  { old, wanted }: { readonly old: RoleProperties; readonly wanted: RoleProperties },
): void => {
  const isChanged = (name: keyof RoleProperties): boolean => !isDeepStrictEqual(old[name], wanted[name]);
  if (isChanged('AssumeRolePolicyDocument')) ask('UpdateAssumeRolePolicy', { RoleName });
  if (isChanged('Description') || isChanged('MaxSessionDuration')) ask('UpdateRole', { RoleName });
  if (isChanged('PermissionsBoundary')) ask('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: wanted.PermissionsBoundary });
};

/** `AWS::IAM::Role` */
export const roleResource = (roles: RoleStore, ask: AskIam): ResourceProvider => {
  const ports: Ports = { roles, ask };
  return synchronousProvider({
    type,
    createOnly: ['RoleName', 'Path'],
    create: (raw, context) => {
      const properties = parse(raw);
      const RoleName = properties.RoleName ?? context.generateName(64);
      const { Path, PermissionsBoundary } = properties;
      ask('CreateRole', {
        RoleName,
        Path,
        PermissionsBoundary,
        Tags: [...(properties.Tags ?? [])].map(([Key, Value]) => ({ Key, Value })),
      });
      const role = roles.create(RoleName, Path, settingsOf(properties));
      try {
        grant(ports, role.roleName, properties);
      } catch (error) {
        withdraw(ports, role, { old: properties });
        roles.delete(role.roleName);
        throw error;
      }
      return stateOf(role);
    },
    update: (state, { from, to }) => {
      const wanted = parse(to);
      askForChanges(ask, state.physicalId, { old: parse(from), wanted });
      const role = roles.update(state.physicalId, settingsOf(wanted));
      grant(ports, role.roleName, wanted);
      withdraw(ports, role, { old: parse(from), kept: wanted });
      return stateOf(role);
    },
    delete: (state, raw) => {
      try {
        withdraw(ports, roles.get(state.physicalId), { old: parse(raw) });
        ask('DeleteRole', { RoleName: state.physicalId });
        roles.delete(state.physicalId);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'NoSuchEntity')) throw error;
      }
    },
  });
};
