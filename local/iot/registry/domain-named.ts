import type { DomainConfiguration } from './domain-configuration.ts';
import type { IotRegistry } from './registry.ts';

/** The domain configuration of that endpoint name; the account's default endpoints have none here. */
export const domainNamed = (registry: IotRegistry, serverName: string | undefined): DomainConfiguration | undefined => {
  if (serverName === undefined || registry.domainConfigurations.size === 0) return undefined;
  const name = serverName.toLowerCase();
  return [...registry.domainConfigurations.values()].find(({ domainName }) => domainName === name);
};
