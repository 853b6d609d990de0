import { generateKeyPairSync } from 'node:crypto';
import type { Properties } from '../../../../local/cloudformation/resource-provider.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../resource-context.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { arn } from '../control-plane/test-control-plane.ts';

const setUp = () => {
  const { client, resources, registry } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });
  const provider = (type: string) => providerOf(resources, `AWS::IoT::${type}`);
  const create = (type: string, properties: Properties) => provider(type).create(properties, resourceContext(type));
  return { call: client.call.bind(client), registry, provider, create };
};

const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:judge';
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('AWS::IoT::Authorizer', () => {
  const from = {
    ...{ AuthorizerName: 'judge', AuthorizerFunctionArn: functionArn, Status: 'ACTIVE' },
    ...{ TokenKeyName: 'token', TokenSigningPublicKeys: { first: key }, Tags: [{ Key: 'k', Value: 'v' }] },
  };

  test('is created, changed and deleted, although it is active', async () => {
    const { call, create, provider, registry } = setUp();
    const state = await create('Authorizer', from);
    expect(state).toEqual({ physicalId: 'judge', attributes: { Arn: arn('authorizer/judge') } });
    const to = { ...from, EnableCachingForHttp: 'true', Tags: [] };
    await provider('Authorizer').update(state, { from, to }, resourceContext());
    expect(registry.authorizers.get('judge')).toMatchObject({ status: 'ACTIVE', cachingForHttp: true, tokenKeyName: 'token' });
    expect(await call('ListTagsForResource', { resourceArn: arn('authorizer/judge') })).toEqual({ tags: [] });
    await provider('Authorizer').delete(state, to, resourceContext());
    expect(registry.authorizers.size).toBe(0);
    await provider('Authorizer').delete(state, to, resourceContext());
  });

  test('is replaced when its name or its signing changes', () => {
    expect(setUp().provider('Authorizer').createOnly).toEqual(['AuthorizerName', 'SigningDisabled']);
  });
});

describe('AWS::IoT::DomainConfiguration', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
  const own = { DomainConfigurationName: 'own', DomainName: 'iot.example.com', ServerCertificateArns: [certificateArn] };

  test('answers its ARN, type and certificates, and leaves with its stack', async () => {
    const { create, provider, registry } = setUp();
    const state = await create('DomainConfiguration', own);
    expect(state.physicalId).toBe('own');
    expect(state.attributes).toEqual({
      Arn: registry.domainConfigurations.get('own')?.arn,
      DomainType: 'CUSTOMER_MANAGED',
      ServerCertificates: [{ ServerCertificateArn: certificateArn, ServerCertificateStatus: 'VALID' }],
    });
    await provider('DomainConfiguration').delete(state, own, resourceContext());
    expect(registry.domainConfigurations.size).toBe(0);
  });

  test('gains and loses its authorizer, its status and its policy', async () => {
    const { create, provider, registry } = setUp();
    await create('Authorizer', { AuthorizerName: 'judge', AuthorizerFunctionArn: functionArn, SigningDisabled: true });
    const without = { DomainConfigurationName: 'd', AuthenticationType: 'CUSTOM_AUTH', ApplicationProtocol: 'SECURE_MQTT' };
    const from = {
      ...without,
      AuthorizerConfig: { DefaultAuthorizerName: 'judge', AllowAuthorizerOverride: 'false' },
    };
    const state = await create('DomainConfiguration', from);
    const present = () => registry.domainConfigurations.get('d');
    expect(present()).toMatchObject({ authorizerConfig: { defaultAuthorizerName: 'judge', allowAuthorizerOverride: false } });
    const to = { ...without, DomainConfigurationStatus: 'DISABLED', TlsConfig: { SecurityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' } };
    await provider('DomainConfiguration').update(state, { from, to }, resourceContext());
    expect(present()).toMatchObject({ status: 'DISABLED', securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' });
    expect(present()?.authorizerConfig).toBeUndefined();
    const deletion = provider('DomainConfiguration').delete(state, to, resourceContext());
    await expect(deletion).rejects.toMatchObject({ message: expect.stringContaining('7 days') as string });
  });
});
