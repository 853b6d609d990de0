import type { Scope } from '../intrinsics/scope.ts';
import type { StackResource } from '../stacks/stack-resource.ts';
import type { Stack } from '../stacks/stack.ts';
import { mask } from '../template/resolve-parameters.ts';
import { validationError } from '../template/validation-error.ts';
import type { DeploymentServices } from './deployment-context.ts';
import type { DeploymentPlan } from './deployment-plan.ts';
import { withMaskedSecrets } from './shown-properties.ts';
import { templateScope } from './template-scope.ts';

export interface DeployedFacts {
  readonly services: DeploymentServices;
  readonly stack: Stack;
  readonly plan: DeploymentPlan;
  /** What has been deployed so far. */
  readonly resources: ReadonlyMap<string, StackResource>;
  /** Takes the names of exports as they are used. */
  readonly imports: Set<string>;
}

const missingAttribute = (stack: Stack, { logicalId, type }: StackResource, attribute: string): Error => {
  const isCustom = type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
  if (!isCustom) return validationError(`Requested attribute ${attribute} does not exist in schema for ${type}`);
  return validationError(
    `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${stack.stackId}|${logicalId}`,
  );
};

/** What resources answer while a stack is deployed: as it is, and as anybody may see it. */
export const deployedScopes = (facts: DeployedFacts): { readonly scope: Scope; readonly shown: Scope } => {
  const { services, stack, plan } = facts;
  const deployed = (logicalId: string): StackResource => {
    const resource = facts.resources.get(logicalId);
    if (resource !== undefined) return resource;
    throw validationError(`Template format error: Unresolved resource dependencies [${logicalId}] in the Resources block of the template`);
  };
  const importValue = (name: string): string => {
    facts.imports.add(name);
    return services.exports.valueOf(name);
  };
  const { template, parameters, conditions } = plan;
  const templateFacts = { account: services.account, identity: stack, template, parameters, conditions, importValue };
  const ref = (name: string): string => deployed(name).physicalId;
  const getAtt = (logicalId: string, attribute: string): unknown => {
    const resource = deployed(logicalId);
    if (Object.hasOwn(resource.attributes, attribute)) return resource.attributes[attribute];
    throw missingAttribute(stack, resource, attribute);
  };
  return {
    scope: templateScope(templateFacts, { ref, getAtt, dynamicReference: services.dynamicReference }),
    shown: templateScope(withMaskedSecrets(templateFacts), {
      ref,
      getAtt: (logicalId, attribute) => (deployed(logicalId).isSecret === true ? mask : getAtt(logicalId, attribute)),
    }),
  };
};
