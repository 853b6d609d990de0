import { randomBytes } from 'node:crypto';
import type { ResourceContext, ResourceProvider } from '../../local/cloudformation/resource-provider.ts';

/** What CloudFormation hands a provider, for one resource of a stack named `test-stack`. */
export const resourceContext = (logicalId = 'Resource'): ResourceContext => ({
  logicalId,
  stackName: 'test-stack',
  stackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/test-stack/7d1f1e80-0000-4000-8000-000000000000',
  generateName: (maxLength) => `test-stack-${logicalId}-${randomBytes(6).toString('hex')}`.slice(0, maxLength),
});

export const providerOf = (providers: readonly ResourceProvider[], type: string): ResourceProvider => {
  const found = providers.find((provider) => provider.type === type);
  if (found === undefined) throw new Error(`no provider of ${type}`);
  return found;
};
