import type { ListDomainConfigurationsRequest, ListDomainConfigurationsResponse } from '@aws-sdk/client-iot';
import { defaultDomainConfigurations } from '../default-domain-configurations.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

type Operation = IotOperation<ListDomainConfigurationsRequest, ListDomainConfigurationsResponse>;

/** The account's endpoints, default ones included, all or those of one service. */
export const listDomainConfigurations: Operation = ({ registry, endpointPrefix }, { marker, pageSize, serviceType }) => {
  const all = [...defaultDomainConfigurations(registry, endpointPrefix).values(), ...registry.domainConfigurations.values()];
  const found = all.filter((each) => serviceType === undefined || each.serviceType === serviceType);
  const page = pageOf(found, ({ name }) => name, { token: marker, limit: pageSize });
  const domainConfigurations = page.items.map((each) => ({
    domainConfigurationName: each.name,
    domainConfigurationArn: each.arn,
    serviceType: each.serviceType,
  }));
  return { domainConfigurations, nextMarker: page.nextToken };
};
