import type { Properties } from '../../../../local/cloudformation/resource-provider.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../resource-context.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { arn } from '../control-plane/test-control-plane.ts';
import { makeAuthority } from '../own-ca/test-authority.ts';

const setUp = async () => {
  const { client, resources } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });
  const call = client.call.bind(client);
  const authority = await makeAuthority();
  const base: Properties = { CACertificatePem: authority.cert, CertificateMode: 'SNI_ONLY', Status: 'ACTIVE' };
  return { call, authority, base, provider: providerOf(resources, 'AWS::IoT::CACertificate') };
};

const roleArn = 'arn:aws:iam::123456789012:role/provisioning';

const templateBody = JSON.stringify({
  Resources: { certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } } },
});

describe('AWS::IoT::CACertificate', () => {
  test('answers its id to Ref, and registers with all that is said', async () => {
    const { call, authority, base, provider } = await setUp();
    const state = await provider.create(
      {
        ...base,
        AutoRegistrationStatus: 'ENABLE',
        RegistrationConfig: { TemplateBody: templateBody, RoleArn: roleArn },
        Tags: [{ Key: 'k', Value: 'v' }],
      },
      resourceContext(),
    );
    expect(state).toEqual({ physicalId: authority.id, attributes: { Arn: arn(`cacert/${authority.id}`), Id: authority.id } });
    expect(await call('DescribeCACertificate', { certificateId: authority.id })).toMatchObject({
      certificateDescription: { status: 'ACTIVE', autoRegistrationStatus: 'ENABLE', certificateMode: 'SNI_ONLY' },
      registrationConfig: { templateBody, roleArn },
    });
    expect(await call('ListTagsForResource', { resourceArn: arn(`cacert/${authority.id}`) })).toEqual({ tags: [{ Key: 'k', Value: 'v' }] });
  });

  test('takes the verification certificate that mode DEFAULT asks for', async () => {
    const { call, authority, provider } = await setUp();
    const { registrationCode } = await call('GetRegistrationCode', {});
    const { cert } = await authority.issue({ name: `CN=${String(registrationCode)}` });
    await provider.create({ CACertificatePem: authority.cert, Status: 'INACTIVE', VerificationCertificatePem: cert }, resourceContext());
    const description = { certificateDescription: { status: 'INACTIVE', certificateMode: 'DEFAULT', autoRegistrationStatus: 'DISABLE' } };
    expect(await call('DescribeCACertificate', { certificateId: authority.id })).toMatchObject(description);
  });

  test('is changed in place, auto registration removed', async () => {
    const { call, authority, base, provider } = await setUp();
    const from = { ...base, AutoRegistrationStatus: 'ENABLE', RegistrationConfig: { TemplateBody: templateBody, RoleArn: roleArn } };
    const state = await provider.create(from, resourceContext());
    const to = { ...base, Status: 'INACTIVE', RemoveAutoRegistration: 'true', Tags: [{ Key: 'k', Value: 'v' }] };
    expect(await provider.update(state, { from, to }, resourceContext())).toEqual(state);
    const described = await call('DescribeCACertificate', { certificateId: authority.id });
    expect(described).toMatchObject({ certificateDescription: { status: 'INACTIVE', autoRegistrationStatus: 'DISABLE' } });
    expect(described['registrationConfig']).toBeUndefined();
  });

  test('is deleted although it is active, and deleting it again succeeds', async () => {
    const { call, authority, base, provider } = await setUp();
    const state = await provider.create(base, resourceContext());
    await provider.delete(state, base, resourceContext());
    await expect(call('DescribeCACertificate', { certificateId: authority.id })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await provider.delete(state, base, resourceContext());
  });

  test('refuses what AWS IoT refuses, and properties that it does not know by their names', async () => {
    const { base, provider } = await setUp();
    const invalid = { code: 'InvalidRequestException' };
    await expect(provider.create({ ...base, CertificateMode: 'DEFAULT' }, resourceContext())).rejects.toMatchObject(invalid);
    await expect(provider.create({ ...base, Colour: 'green' }, resourceContext())).rejects.toThrow(/Colour/);
    await expect(provider.create({ ...base, Status: 'REVOKED' }, resourceContext())).rejects.toThrow(/Status/);
  });
});
