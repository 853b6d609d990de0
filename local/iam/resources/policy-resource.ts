import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { AskIam } from '../access/guard-operations.ts';
import type { RoleStore } from '../role-store.ts';

const type = 'AWS::IAM::Policy';

const schema = z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });
type PolicyProperties = z.output<typeof schema>;

const parse = (raw: Properties): PolicyProperties => {
  const properties = parseProperties(type, schema, raw);
  if (properties.Roles.length === 0) throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
  return properties;
};

/** What the provider works on. */
interface Ports {
  readonly roles: RoleStore;
  readonly ask: AskIam;
}

const remove = ({ roles, ask }: Ports, roleName: string, policyName: string): void => {
  ask('DeleteRolePolicy', { RoleName: roleName, PolicyName: policyName });
  try {
    roles.deleteInlinePolicy(roleName, policyName);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'NoSuchEntity')) throw error;
  }
};

const put = ({ roles, ask }: Ports, { Roles, PolicyName, PolicyDocument }: PolicyProperties): void => {
  for (const RoleName of Roles) {
    ask('PutRolePolicy', { RoleName, PolicyName });
    roles.putInlinePolicy(RoleName, PolicyName, PolicyDocument);
  }
};

/** `AWS::IAM::Policy`: an inline policy on roles. Users and groups are not supported and refused by name. */
export const policyResource = (roles: RoleStore, ask: AskIam): ResourceProvider => {
  const ports: Ports = { roles, ask };
  return synchronousProvider({
    type,
    createOnly: [],
    create: (raw, context) => {
      put(ports, parse(raw));
      const physicalId = context.generateName(128);
      return { physicalId, attributes: { Id: physicalId } };
    },
    update: (state, { from, to }) => {
      const [old, wanted] = [parse(from), parse(to)];
      put(ports, wanted);
      const isKept = (roleName: string): boolean => old.PolicyName === wanted.PolicyName && wanted.Roles.includes(roleName);
      for (const roleName of old.Roles) if (!isKept(roleName)) remove(ports, roleName, old.PolicyName);
      return state;
    },
    delete: (_state, raw) => {
      const { Roles, PolicyName } = parse(raw);
      for (const roleName of Roles) remove(ports, roleName, PolicyName);
    },
  });
};
