import type { DeleteAuthorizerRequest } from '@aws-sdk/client-iot';
import { deleteConflict } from '../../refusals.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import { findAuthorizer } from '../authorizer-rules.ts';
import type { IotOperation } from '../operation.ts';

const isDefault = (registry: IotRegistry, authorizerName: string): boolean =>
  registry.defaultAuthorizer.name === authorizerName ||
  [...registry.domainConfigurations.values()].some(({ authorizerConfig }) => authorizerConfig?.defaultAuthorizerName === authorizerName);

/** Deletes an authorizer that nobody can be let in by. */
export const deleteAuthorizer: IotOperation<DeleteAuthorizerRequest> = ({ registry, behaviour }, { authorizerName }) => {
  const { status } = findAuthorizer(registry, authorizerName);
  if (status === 'ACTIVE' && behaviour['authorizer.deletion-wants-inactive']) {
    throw deleteConflict(`Authorizer ${authorizerName} is active. Set its status to INACTIVE first.`);
  }
  if (behaviour['authorizer.deletion-wants-unused'] && isDefault(registry, authorizerName)) {
    throw deleteConflict(`Authorizer ${authorizerName} is the default of the account or of a domain configuration.`);
  }
  if (registry.defaultAuthorizer.name === authorizerName) registry.defaultAuthorizer.name = undefined;
  registry.authorizers.delete(authorizerName);
  registry.tags.delete(registry.arn('authorizer', authorizerName));
  return {};
};
