import {
  CreateAuthorizerCommand,
  CreateDomainConfigurationCommand,
  DeleteAuthorizerCommand,
  DeleteDomainConfigurationCommand,
  DescribeAuthorizerCommand,
  DescribeDomainConfigurationCommand,
  DescribeEndpointCommand,
  SetDefaultAuthorizerCommand,
  UpdateAuthorizerCommand,
  UpdateDomainConfigurationCommand,
} from '@aws-sdk/client-iot';

import { AuthorizerWorld } from './authorizer-world.ts';
import { assumed, documented } from './fact.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
});
afterAll(() => world.stop());

const reference = 'API reference';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:judge';

const authorizer = async (status?: 'ACTIVE' | 'INACTIVE'): Promise<string> => {
  const authorizerName = world.unique('authorizer');
  await world.iot.send(new CreateAuthorizerCommand({ authorizerName, authorizerFunctionArn: functionArn, signingDisabled: true, status }));
  return authorizerName;
};
const removeAuthorizer = (authorizerName: string) => world.iot.send(new DeleteAuthorizerCommand({ authorizerName }));
const deactivate = (authorizerName: string) => world.iot.send(new UpdateAuthorizerCommand({ authorizerName, status: 'INACTIVE' }));
const refusedAs = (name: string) => expect.objectContaining({ name }) as unknown;

describe('An authorizer', () => {
  assumed('authorizer.status-by-default', 'is inactive unless created active', async () => {
    const { authorizerDescription } = await world.iot.send(new DescribeAuthorizerCommand({ authorizerName: await authorizer() }));
    expect(authorizerDescription?.status).toBe('INACTIVE');
  });

  assumed('authorizer.default-is-cleared-first', 'is the default until it is cleared', async () => {
    await world.makeDefault(await authorizer());
    const authorizerName = await authorizer();
    const replacement = world.iot.send(new SetDefaultAuthorizerCommand({ authorizerName }));
    await expect(replacement).rejects.toEqual(refusedAs('ResourceAlreadyExistsException'));
    await world.clearDefault();
    await world.makeDefault(authorizerName);
    await world.clearDefault();
  });

  assumed('authorizer.deletion-wants-inactive', 'is deleted only when it is inactive', async () => {
    const authorizerName = await authorizer('ACTIVE');
    await expect(removeAuthorizer(authorizerName)).rejects.toEqual(refusedAs('DeleteConflictException'));
    await deactivate(authorizerName);
    await removeAuthorizer(authorizerName);
  });

  assumed('authorizer.deletion-wants-unused', 'is deleted only when it is nobody’s default', async () => {
    const authorizerName = await authorizer();
    await world.makeDefault(authorizerName);
    await expect(removeAuthorizer(authorizerName)).rejects.toEqual(refusedAs('DeleteConflictException'));
    await world.clearDefault();
    await removeAuthorizer(authorizerName);
  });
});

describe('A domain configuration', () => {
  documented(`${reference}, UpdateDomainConfiguration`, 'of a default endpoint is described, and cannot be changed', async () => {
    const { endpointAddress } = await world.iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    const domainConfigurationName = 'iot:Data-ATS';
    const described = await world.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }));
    expect(described).toMatchObject({ domainName: endpointAddress, domainType: 'ENDPOINT', domainConfigurationStatus: 'ENABLED' });
    const change = world.iot.send(new UpdateDomainConfigurationCommand({ domainConfigurationName, domainConfigurationStatus: 'DISABLED' }));
    await expect(change).rejects.toEqual(refusedAs('InvalidRequestException'));
  });

  documented('IoT developer guide, "Device communication protocols"', 'pairs only certain authentication types and protocols', async () => {
    const refused = (authenticationType: 'AWS_X509' | 'AWS_SIGV4', applicationProtocol: 'MQTT_WSS' | 'SECURE_MQTT') =>
      world.iot.send(
        new CreateDomainConfigurationCommand({ domainConfigurationName: world.unique(), authenticationType, applicationProtocol }),
      );
    await expect(refused('AWS_X509', 'MQTT_WSS')).rejects.toEqual(refusedAs('InvalidRequestException'));
    await expect(refused('AWS_SIGV4', 'SECURE_MQTT')).rejects.toEqual(refusedAs('InvalidRequestException'));
  });

  assumed('domain-configuration.wants-existing-authorizer', 'names an authorizer that exists', async () => {
    const authorizerConfig = { defaultAuthorizerName: 'nobody' };
    const creation = world.iot.send(new CreateDomainConfigurationCommand({ domainConfigurationName: world.unique(), authorizerConfig }));
    await expect(creation).rejects.toEqual(refusedAs('InvalidRequestException'));
  });

  assumed('domain-configuration.deletion-wants-disabled', 'is deleted only when it is disabled', async () => {
    const domainConfigurationName = world.unique('own');
    const serverCertificateArns = ['arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555'];
    const domain = { domainConfigurationName, domainName: 'iot.example.com', serverCertificateArns };
    await world.iot.send(new CreateDomainConfigurationCommand(domain));
    const remove = () => world.iot.send(new DeleteDomainConfigurationCommand({ domainConfigurationName }));
    await expect(remove()).rejects.toEqual(refusedAs('InvalidRequestException'));
    await world.iot.send(new UpdateDomainConfigurationCommand({ domainConfigurationName, domainConfigurationStatus: 'DISABLED' }));
    await remove();
  });

  documented(
    'IoT developer guide, "Managing domain configurations"',
    'of a name that AWS IoT chose is deleted after seven days',
    async () => {
      const { name: domainConfigurationName } = await world.domain({});
      const remove = () => world.iot.send(new DeleteDomainConfigurationCommand({ domainConfigurationName }));
      await world.iot.send(new UpdateDomainConfigurationCommand({ domainConfigurationName, domainConfigurationStatus: 'DISABLED' }));
      await expect(remove()).rejects.toEqual(refusedAs('InvalidRequestException'));
      world.clock.advance(7 * 24 * 3_600_000);
      await remove();
    },
  );
});
