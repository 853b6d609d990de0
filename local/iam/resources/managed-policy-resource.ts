import * as z from 'zod';
import { parseProperties } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { AskIam } from '../access/guard-operations.ts';
import type { IamStores } from '../iam-stores.ts';
import type { ManagedPolicy } from '../managed-policy-store.ts';

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

const detach = (
  { roles }: Pick<IamStores, 'roles'>,
  names: readonly string[],
  { arn, ask }: { readonly arn: string; readonly ask: AskIam },
): void => {
  for (const name of names) {
    const role = roles.list().find(({ roleName }) => roleName === name);
    if (role?.attachedPolicies.has(arn) !== true) continue;
    ask('DetachRolePolicy', { RoleName: name, PolicyArn: arn });
    roles.detachPolicy(name, arn);
  }
};

/** `AWS::IAM::ManagedPolicy`. Users and groups are not supported and refused by name. */
export const managedPolicyResource = (stores: IamStores, ask: AskIam): ResourceProvider => {
  const { policies, roles } = stores;
  const attach = (RoleName: string, PolicyArn: string): void => {
    ask('AttachRolePolicy', { RoleName, PolicyArn });
    roles.attachPolicy(RoleName, PolicyArn);
  };
  return synchronousProvider({
    type,
    createOnly: ['ManagedPolicyName', 'Path', 'Description'],
    create: (raw, context) => {
      const input = parseProperties(type, schema, raw);
      const PolicyName = input.ManagedPolicyName ?? context.generateName(128);
      ask('CreatePolicy', { PolicyName, Path: input.Path });
      const policy = policies.create({
        policyName: PolicyName,
        path: input.Path,
        description: input.Description,
        document: input.PolicyDocument,
      });
      for (const name of input.Roles) attach(name, policy.arn);
      return stateOf(policy);
    },
    update: (state, { from, to }) => {
      const wanted = parseProperties(type, schema, to);
      ask('CreatePolicyVersion', { PolicyArn: state.physicalId });
      const policy = policies.replaceDocument(state.physicalId, wanted.PolicyDocument);
      for (const name of wanted.Roles) attach(name, policy.arn);
      const dropped = rolesOf(from).filter((name) => !wanted.Roles.includes(name));
      detach(stores, dropped, { arn: policy.arn, ask });
      return stateOf(policy);
    },
    delete: (state, raw) => {
      detach(stores, rolesOf(raw), { arn: state.physicalId, ask });
      ask('DeletePolicy', { PolicyArn: state.physicalId });
      if (policies.find(state.physicalId) !== undefined) policies.delete(state.physicalId);
    },
  });
};
