import { AwsError } from '../../aws-error.ts';
import type { DeploymentPlan } from './deployment-plan.ts';

/** Properties by which an IAM resource gets a name of its own. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
};

/** Refuses a plan that makes IAM resources when the request does not acknowledge it (User Guide, "Acknowledging IAM resources"). */
export const checkCapabilities = (plan: DeploymentPlan, capabilities: readonly string[]): void => {
  const iam = plan.resources.filter(({ type }) => type.startsWith('AWS::IAM::'));
  const isNamed = iam.some(({ type, symbolicProperties }) => symbolicProperties[nameProperties[type] ?? ''] !== undefined);
  const accepted = isNamed ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_NAMED_IAM', 'CAPABILITY_IAM'];
  if (iam.length === 0 || capabilities.some((capability) => accepted.includes(capability))) return;
  throw new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'}]`,
  );
};
