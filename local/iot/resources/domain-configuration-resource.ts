import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { withSmallInitials } from './member-case.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::DomainConfiguration';

const schema = z.strictObject({
  ApplicationProtocol: stringProperty.optional(),
  AuthenticationType: stringProperty.optional(),
  AuthorizerConfig: z
    .strictObject({ AllowAuthorizerOverride: booleanProperty.optional(), DefaultAuthorizerName: stringProperty.optional() })
    .optional(),
  ClientCertificateConfig: z.strictObject({ ClientCertificateCallbackArn: stringProperty.optional() }).optional(),
  DomainConfigurationName: stringProperty.optional(),
  DomainConfigurationStatus: stringProperty.optional(),
  DomainName: stringProperty.optional(),
  ServerCertificateArns: z.array(stringProperty).optional(),
  ServerCertificateConfig: z
    .strictObject({
      EnableOCSPCheck: booleanProperty.optional(),
      OcspAuthorizedResponderArn: stringProperty.optional(),
      OcspLambdaArn: stringProperty.optional(),
    })
    .optional(),
  ServiceType: stringProperty.optional(),
  TlsConfig: z.strictObject({ SecurityPolicy: stringProperty.optional() }).optional(),
  ValidationCertificateArn: stringProperty.optional(),
  Tags: tagsProperty.optional(),
});

type DomainProperties = z.output<typeof schema>;

const read = (properties: Properties): DomainProperties => parseProperties(type, schema, properties);

/** What both creation and update set. */
const settingsOf = (domain: DomainProperties) => ({
  applicationProtocol: domain.ApplicationProtocol,
  authenticationType: domain.AuthenticationType,
  authorizerConfig: withSmallInitials(domain.AuthorizerConfig),
  clientCertificateConfig: withSmallInitials(domain.ClientCertificateConfig),
  serverCertificateConfig: withSmallInitials(domain.ServerCertificateConfig),
  tlsConfig: withSmallInitials(domain.TlsConfig),
});

const described = z.looseObject({
  domainConfigurationArn: z.string(),
  domainType: z.string(),
  serverCertificates: z.array(z.record(z.string(), z.unknown())),
});

const withCapital = (member: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(member).map(([name, value]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]));

const stateOf = async (client: ControlPlaneClient, domainConfigurationName: string): Promise<ResourceState> => {
  const found = described.parse(await client.call('DescribeDomainConfiguration', { domainConfigurationName }));
  const { domainConfigurationArn: Arn, domainType: DomainType, serverCertificates } = found;
  return { physicalId: domainConfigurationName, attributes: { Arn, DomainType, ServerCertificates: serverCertificates.map(withCapital) } };
};

const setStatus = async (client: ControlPlaneClient, domainConfigurationName: string, domainConfigurationStatus: string): Promise<void> => {
  await client.call('UpdateDomainConfiguration', { domainConfigurationName, domainConfigurationStatus });
};

export const domainConfigurationResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['DomainConfigurationName', 'DomainName', 'ServerCertificateArns', 'ServiceType', 'ValidationCertificateArn'],
  create: async (properties, context) => {
    const domain = read(properties);
    const name = domain.DomainConfigurationName ?? context.generateName(128);
    await client.call('CreateDomainConfiguration', {
      domainConfigurationName: name,
      domainName: domain.DomainName,
      serverCertificateArns: domain.ServerCertificateArns,
      serviceType: domain.ServiceType,
      validationCertificateArn: domain.ValidationCertificateArn,
      tags: domain.Tags,
      ...settingsOf(domain),
    });
    if (domain.DomainConfigurationStatus === 'DISABLED') await setStatus(client, name, 'DISABLED');
    return stateOf(client, name);
  },
  update: async (state, change) => {
    const [from, to] = [read(change.from), read(change.to)];
    const isAuthorizerGone = from.AuthorizerConfig !== undefined && to.AuthorizerConfig === undefined;
    await client.call('UpdateDomainConfiguration', {
      domainConfigurationName: state.physicalId,
      domainConfigurationStatus: to.DomainConfigurationStatus ?? 'ENABLED',
      ...(isAuthorizerGone ? { removeAuthorizerConfig: true } : {}),
      ...settingsOf(to),
    });
    await changeTags(client, String(state.attributes['Arn']), { from: from.Tags, to: to.Tags });
    return stateOf(client, state.physicalId);
  },
  // One that is enabled cannot be deleted; one whose name AWS IoT chose cannot be deleted for another seven days.
  delete: async (state) => {
    const domainConfigurationName = state.physicalId;
    const deletion = setStatus(client, domainConfigurationName, 'DISABLED').then(() =>
      client.call('DeleteDomainConfiguration', { domainConfigurationName }),
    );
    await tolerating(['ResourceNotFoundException'], deletion);
  },
});
