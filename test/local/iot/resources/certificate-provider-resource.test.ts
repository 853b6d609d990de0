import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../resource-context.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { arn } from '../control-plane/test-control-plane.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:signer';

const from = {
  ...{ CertificateProviderName: 'signer', LambdaFunctionArn: functionArn, AccountDefaultForOperations: ['CreateCertificateFromCsr'] },
  Tags: [{ Key: 'k', Value: 'v' }],
};

describe('AWS::IoT::CertificateProvider', () => {
  test('is created, changed and deleted, and gone is gone', async () => {
    const { client, resources, registry } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });
    const provider = providerOf(resources, 'AWS::IoT::CertificateProvider');
    const state = await provider.create(from, resourceContext('CertificateProvider'));
    expect(state).toEqual({ physicalId: 'signer', attributes: { Arn: arn('certificateprovider/signer') } });
    const to = { ...from, LambdaFunctionArn: `${functionArn}:2`, Tags: [] };
    await provider.update(state, { from, to }, resourceContext());
    expect(registry.certificateProviders.get('signer')).toMatchObject({ functionArn: `${functionArn}:2` });
    expect(await client.call('ListTagsForResource', { resourceArn: arn('certificateprovider/signer') })).toEqual({ tags: [] });
    await provider.delete(state, to, resourceContext());
    expect(registry.certificateProviders.size).toBe(0);
    await provider.delete(state, to, resourceContext());
  });

  test('is replaced when its name changes', () => {
    const { resources } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });
    expect(providerOf(resources, 'AWS::IoT::CertificateProvider').createOnly).toEqual(['CertificateProviderName']);
  });
});
