import {
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  DescribeDomainConfigurationCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-iot';
import { createIotDomainConfigurations } from '../../../aws/iot/domain-configurations.ts';
import type { DomainConfigurations } from '../../../domain/domain-configuration.ts';
import { fresh, useControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

const plane = useControlPlane();
const DAY_MS = 24 * 3600 * 1000;
const certificateArn = (id: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${id}`;

let domains: DomainConfigurations;
let authorizerName: string;
let name: string;
beforeEach(async () => {
  domains = createIotDomainConfigurations(plane.iot);
  [authorizerName, name] = [fresh('authorizer'), fresh('domain')];
  const authorizerFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:authorizer';
  await plane.iot.send(new CreateAuthorizerCommand({ authorizerName, authorizerFunctionArn, signingDisabled: true, status: 'ACTIVE' }));
});

const described = async () => plane.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: name }));

describe('A domain configuration', () => {
  test('is kept under the host name that it was given first, and asks no authorizer yet', async () => {
    const hostName = await domains.keep(name);
    expect(hostName).toMatch(/^d0.+-ats\.iot\.eu-central-1\.amazonaws\.com$/);
    expect(await domains.keep(name)).toBe(hostName);
    expect(await described()).toMatchObject({ authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT' });
    expect((await described()).authorizerConfig).toBeUndefined();
  });

  test('is open with an authorizer that nobody chooses away', async () => {
    await domains.keep(name);
    await domains.open(name, authorizerName);
    expect(await described()).toMatchObject({
      domainConfigurationStatus: 'ENABLED',
      authorizerConfig: { defaultAuthorizerName: authorizerName, allowAuthorizerOverride: false },
    });
  });

  test('is disabled when it is closed, and lets its authorizer go', async () => {
    await domains.keep(name);
    await domains.open(name, authorizerName);
    await plane.iot.send(new UpdateAuthorizerCommand({ authorizerName, status: 'INACTIVE' }));
    await expect(plane.iot.send(new DeleteAuthorizerCommand({ authorizerName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await domains.close(name);
    await domains.close(name);
    await plane.iot.send(new DeleteAuthorizerCommand({ authorizerName }));
    expect((await described()).domainConfigurationStatus).toBe('DISABLED');
  });

  test('is as it was when it is opened again', async () => {
    const hostName = await domains.keep(name);
    await domains.close(name);
    expect(await domains.keep(name)).toBe(hostName);
    await domains.open(name, authorizerName);
    expect((await described()).domainConfigurationStatus).toBe('ENABLED');
  });

  test('is removed seven days after it was closed, and no sooner', async () => {
    await domains.keep(name);
    await domains.close(name);
    plane.clock.advance(7 * DAY_MS - 1);
    expect(await domains.remove(name)).toBe('too-early');
    plane.clock.advance(1);
    expect(await domains.remove(name)).toBe('removed');
    expect(await domains.remove(name)).toBe('removed');
    await domains.close(name);
  });

  test('that is enabled is not removed', async () => {
    await domains.keep(name);
    await expect(domains.remove(name)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});

describe('A domain configuration of one’s own host name', () => {
  const own = { name: 'iot.example.com', certificateArn: certificateArn('one') };

  test('has that name and its certificate, and is made anew for another certificate', async () => {
    expect(await domains.keep(name, own)).toBe('iot.example.com');
    const { domainConfigurationArn } = await described();
    await domains.keep(name, own);
    expect((await described()).domainConfigurationArn).toBe(domainConfigurationArn);
    await domains.keep(name, { ...own, certificateArn: certificateArn('two') });
    expect((await described()).serverCertificates).toMatchObject([{ serverCertificateArn: certificateArn('two') }]);
    await domains.close(name);
    expect(await domains.remove(name)).toBe('removed');
  });
});
