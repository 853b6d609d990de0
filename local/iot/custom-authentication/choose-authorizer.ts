import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { Authorizer } from '../registry/authorizer.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import type { IotRegistry } from '../registry/registry.ts';

interface Choice {
  /** What the request asks for. */
  readonly named: string | undefined;
  readonly authorizerConfig: DomainConfiguration['authorizerConfig'];
}

const nameOf = (registry: IotRegistry, behaviour: IotBehaviour, { named, authorizerConfig }: Choice): string | undefined => {
  const ofDomain = authorizerConfig?.defaultAuthorizerName;
  if (ofDomain === undefined) return named ?? registry.defaultAuthorizer.name;
  const mayOverride = authorizerConfig?.allowAuthorizerOverride ?? behaviour['domain-configuration.override-by-default'];
  return mayOverride ? (named ?? ofDomain) : ofDomain;
};

/**
 * The authorizer that the request names, else the endpoint's, else the account's; the endpoint may forbid naming another
 * (DG:custom-authorizer, SDK AuthorizerConfig). Undefined when that one does not exist or is not active.
 */
export const chooseAuthorizer = (registry: IotRegistry, behaviour: IotBehaviour, choice: Choice): Authorizer | undefined => {
  const authorizer = registry.authorizers.get(nameOf(registry, behaviour, choice) ?? '');
  return authorizer?.status === 'ACTIVE' ? authorizer : undefined;
};
