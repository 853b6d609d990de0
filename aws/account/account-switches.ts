import {
  DescribeAccountAuditConfigurationCommand,
  DescribeDefaultAuthorizerCommand,
  DescribeEventConfigurationsCommand,
  GetV2LoggingOptionsCommand,
  type IoTClient,
  ListCertificateProvidersCommand,
  paginateListDomainConfigurations,
  DescribeDomainConfigurationCommand,
} from '@aws-sdk/client-iot';
import type { AccountSwitches } from '../../domain/account-ports.ts';
import { IOT_LOG_GROUP } from '../../domain/iot-log-group.ts';
import { unlessMissing } from './unless-missing.ts';

/** The settings of AWS IoT that an account has once, and shares among all who use it. */
export const createAccountSwitches = (client: IoTClient): AccountSwitches => ({
  async certificateProviders() {
    const { certificateProviders = [] } = await client.send(new ListCertificateProvidersCommand({}));
    return certificateProviders.flatMap(({ certificateProviderName }) => certificateProviderName ?? []);
  },
  async defaultAuthorizer() {
    const found = await unlessMissing(client.send(new DescribeDefaultAuthorizerCommand({})));
    return found?.authorizerDescription?.authorizerName;
  },
  async registryEvents() {
    const { eventConfigurations = {} } = await client.send(new DescribeEventConfigurationsCommand({}));
    return Object.entries(eventConfigurations).flatMap(([kind, setting]) => (setting.Enabled === true ? [kind] : []));
  },
  async logging() {
    const { defaultLogLevel, roleArn, disableAllLogs } = await unlessNotConfigured(client.send(new GetV2LoggingOptionsCommand({})));
    if (defaultLogLevel === undefined || defaultLogLevel === 'DISABLED' || disableAllLogs === true) return undefined;
    return { level: defaultLogLevel, ...(roleArn === undefined ? {} : { role: roleArn }) };
  },
  async refusedPublishLog() {
    // Without `verbose` it tells nothing of event types.
    const found = await unlessNotConfigured(client.send(new GetV2LoggingOptionsCommand({ verbose: true })));
    const { defaultLogLevel, disableAllLogs, eventConfigurations = [] } = found;
    const own = eventConfigurations.find(({ eventType }) => eventType === 'Publish-In');
    const level = own?.logLevel ?? defaultLogLevel ?? 'DISABLED';
    if (level === 'DISABLED' || disableAllLogs === true) return undefined;
    return own?.logDestination ?? IOT_LOG_GROUP;
  },
  async audits() {
    const { roleArn, auditCheckConfigurations = {} } = await client.send(new DescribeAccountAuditConfigurationCommand({}));
    const checks = Object.entries(auditCheckConfigurations).flatMap(([check, { enabled }]) => (enabled === true ? [check] : []));
    return { isConfigured: roleArn !== undefined, enabled: checks };
  },
  async domainConfigurations() {
    const names: string[] = [];
    for await (const { domainConfigurations = [] } of paginateListDomainConfigurations({ client }, {}))
      names.push(...domainConfigurations.flatMap(({ domainConfigurationName }) => domainConfigurationName ?? []));
    // Those of AWS itself are called after their endpoint, e.g. "iot:Data-ATS".
    const own = names.filter((name) => !name.startsWith('iot:'));
    return Promise.all(
      own.map(async (name) => {
        const found = await client.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: name }));
        return {
          name,
          hostName: found.domainName ?? '',
          isEnabled: found.domainConfigurationStatus === 'ENABLED',
          isManaged: found.domainType === 'AWS_MANAGED',
          statusChangedAt: found.lastStatusChangeDate?.getTime() ?? 0,
        };
      }),
    );
  },
});

const unlessNotConfigured = async <Answer extends object>(request: Promise<Answer>): Promise<Partial<Answer>> => {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotConfiguredException') return {};
    throw error;
  }
};
