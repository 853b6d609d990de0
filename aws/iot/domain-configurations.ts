import {
  CreateDomainConfigurationCommand,
  DeleteDomainConfigurationCommand,
  DescribeDomainConfigurationCommand,
  type DescribeDomainConfigurationResponse,
  InvalidRequestException,
  IoTClient,
  UpdateDomainConfigurationCommand,
} from '@aws-sdk/client-iot';
import type { DomainConfigurations, OwnDomain } from '../../domain/domain-configuration.ts';
import { unlessGone } from './unless-gone.ts';

/** Domain configurations of AWS IoT whose devices are let in by an authorizer, over MQTT. */
export const createIotDomainConfigurations = (client = new IoTClient()): DomainConfigurations => ({
  async keep(name, own) {
    const found = await describe(client, name);
    if (found !== undefined && isAsWanted(found, own)) return found.domainName ?? '';
    // The certificate of a configuration is never changed (API reference of UpdateDomainConfiguration); one of a host name of
    // our own may be deleted as soon as it is disabled.
    if (found !== undefined) await discard(client, name);
    await client.send(
      new CreateDomainConfigurationCommand({ ...kind, domainConfigurationName: name, ...(own === undefined ? {} : of(own)) }),
    );
    return (await describe(client, name))?.domainName ?? '';
  },
  async open(name, authorizerName) {
    await client.send(
      new UpdateDomainConfigurationCommand({
        ...kind,
        domainConfigurationName: name,
        domainConfigurationStatus: 'ENABLED',
        authorizerConfig: { defaultAuthorizerName: authorizerName, allowAuthorizerOverride: false },
      }),
    );
  },
  close: (name) => close(client, name),
  async remove(name) {
    try {
      await unlessGone(client.send(new DeleteDomainConfigurationCommand({ domainConfigurationName: name })));
      return 'removed';
    } catch (error) {
      // Of one that is disabled, there is no other reason (API reference of DeleteDomainConfiguration).
      const isTooEarly = error instanceof InvalidRequestException && (await statusOf(client, name)) === 'DISABLED';
      if (isTooEarly) return 'too-early';
      throw error;
    }
  },
});

const kind = { authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT' } as const;

const of = ({ name, certificateArn }: OwnDomain) => ({ domainName: name, serverCertificateArns: [certificateArn] });

const describe = (client: IoTClient, name: string) =>
  unlessGone(client.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: name })));

const statusOf = async (client: IoTClient, name: string) => (await describe(client, name))?.domainConfigurationStatus;

const isAsWanted = ({ domainType, domainName, serverCertificates = [] }: DescribeDomainConfigurationResponse, own?: OwnDomain): boolean =>
  own === undefined
    ? domainType === 'AWS_MANAGED'
    : domainName === own.name && serverCertificates.some(({ serverCertificateArn }) => serverCertificateArn === own.certificateArn);

const close = async (client: IoTClient, name: string): Promise<void> => {
  const closed = { domainConfigurationName: name, domainConfigurationStatus: 'DISABLED', removeAuthorizerConfig: true } as const;
  await unlessGone(client.send(new UpdateDomainConfigurationCommand(closed)));
};

const discard = async (client: IoTClient, name: string): Promise<void> => {
  await close(client, name);
  await client.send(new DeleteDomainConfigurationCommand({ domainConfigurationName: name }));
};
