import * as z from 'zod';
import { parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { ManagedPolicy, ManagedPolicyStore } from '../managed-policy-store.ts';
import type { RoleStore } from '../role-store.ts';

const type = 'AWS::IAM::ManagedPolicy';

const schema = z.strictObject({
  ManagedPolicyName: z.string().optional(),
  PolicyDocument: z.unknown(),
  Description: z.string().optional(),
  Path: z.string().optional(),
  Roles: z.array(z.string()).default([]),
});

const stateOf = (policy: ManagedPolicy): ResourceState => ({
  physicalId: policy.arn,
  attributes: { PolicyArn: policy.arn, PolicyId: policy.policyId },
});
const rolesOf = (raw: Properties): readonly string[] => parseProperties(type, schema, raw).Roles;

const detach = (roles: RoleStore, names: readonly string[], arn: string): void => {
  for (const name of names) {
    const role = roles.list().find(({ roleName }) => roleName === name);
    if (role?.attachedPolicies.has(arn) === true) roles.detachPolicy(name, arn);
  }
};

/** `AWS::IAM::ManagedPolicy`. Users and groups are not supported and refused by name. */
export const managedPolicyResource = (policies: ManagedPolicyStore, roles: RoleStore): ResourceProvider =>
  synchronousProvider({
    type,
    createOnly: ['ManagedPolicyName', 'Path', 'Description'],
    create: (raw, context) => {
      const input = parseProperties(type, schema, raw);
      const policy = policies.create({
        policyName: input.ManagedPolicyName ?? context.generateName(128),
        path: input.Path,
        description: input.Description,
        document: input.PolicyDocument,
      });
      for (const name of input.Roles) roles.attachPolicy(name, policy.arn);
      return stateOf(policy);
    },
    update: (state, { from, to }) => {
      const wanted = parseProperties(type, schema, to);
      const policy = policies.replaceDocument(state.physicalId, wanted.PolicyDocument);
      for (const name of wanted.Roles) roles.attachPolicy(name, policy.arn);
      detach(
        roles,
        rolesOf(from).filter((name) => !wanted.Roles.includes(name)),
        policy.arn,
      );
      return stateOf(policy);
    },
    delete: (state, raw) => {
      detach(roles, rolesOf(raw), state.physicalId);
      if (policies.find(state.physicalId) !== undefined) policies.delete(state.physicalId);
    },
  });
