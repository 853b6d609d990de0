import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { generateName } from '../generate-name.ts';
import type { ProviderRegistry } from '../provider-registry.ts';
import type { ResourceContext } from '../resource-provider.ts';
import type { Exports } from '../stacks/exports.ts';
import type { Stack } from '../stacks/stack.ts';

/** What every deployment needs. */
export interface DeploymentServices {
  readonly account: Account;
  readonly clock: Clock;
  readonly providers: ProviderRegistry;
  readonly exports: Exports;
  /** Resolves `{{resolve:…}}`. Throws `AwsError` for what is not there. */
  readonly dynamicReference: (service: string, reference: string) => string;
}

export const resourceContext = (stack: Stack, resource: { readonly logicalId: string; readonly type: string }): ResourceContext => ({
  logicalId: resource.logicalId,
  resourceType: resource.type,
  stackName: stack.stackName,
  stackId: stack.stackId,
  generateName: (maxLength) => generateName(stack.stackName, resource.logicalId, maxLength),
});
