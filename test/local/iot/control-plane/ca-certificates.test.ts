import {
  DeleteCACertificateCommand,
  DeleteRegistrationCodeCommand,
  DescribeCACertificateCommand,
  GetRegistrationCodeCommand,
  ListCACertificatesCommand,
  ListTagsForResourceCommand,
  RegisterCACertificateCommand,
  type RegisterCACertificateCommandInput,
  UpdateCACertificateCommand,
  type UpdateCACertificateCommandInput,
} from '@aws-sdk/client-iot';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { makeAuthority, rsa, type TestAuthority } from '../own-ca/test-authority.ts';
import { arn, expectRefusal, fresh, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const registrationCode = async (): Promise<string> => (await subject.iot.send(new GetRegistrationCodeCommand({}))).registrationCode ?? '';

const proofOf = async (authority: TestAuthority): Promise<string> =>
  (await authority.issue({ name: `CN=${await registrationCode()}` })).cert;

const register = (authority: { readonly cert: string }, input: Partial<RegisterCACertificateCommandInput> = {}) =>
  subject.iot.send(new RegisterCACertificateCommand({ caCertificate: authority.cert, certificateMode: 'SNI_ONLY', ...input }));

const describeCa = (certificateId: string) => subject.iot.send(new DescribeCACertificateCommand({ certificateId }));

const update = (certificateId: string, input: Partial<UpdateCACertificateCommandInput>) =>
  subject.iot.send(new UpdateCACertificateCommand({ certificateId, ...input }));

const roleArn = 'arn:aws:iam::123456789012:role/provisioning';

const templateBody = JSON.stringify({
  Resources: { certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } } },
});

const newTemplate = async (type: 'JITP' | 'FLEET_PROVISIONING'): Promise<string> => {
  const templateName = fresh('template');
  await subject.plane.client.call('CreateProvisioningTemplate', { templateName, templateBody, type, provisioningRoleArn: roleArn });
  return templateName;
};

describe('the registration code', () => {
  test('is 64 hex digits, and the same until it is deleted', async () => {
    const code = await registrationCode();
    expect(code).toMatch(/^[0-9a-f]{64}$/);
    expect(await registrationCode()).toBe(code);
    await subject.iot.send(new DeleteRegistrationCodeCommand({}));
    await expectRefusal(subject.iot.send(new DeleteRegistrationCodeCommand({})), 'ResourceNotFoundException', 404);
    expect(await registrationCode()).not.toBe(code);
  });
});

describe('an authority in mode DEFAULT', () => {
  test('is registered, inactive, by whoever can sign the registration code', async () => {
    const authority = await makeAuthority();
    const registered = await register(authority, { certificateMode: 'DEFAULT', verificationCertificate: await proofOf(authority) });
    expect(registered).toMatchObject({ certificateId: authority.id, certificateArn: arn(`cacert/${authority.id}`) });
    expect((await describeCa(authority.id)).certificateDescription).toMatchObject({
      ...{ certificateArn: arn(`cacert/${authority.id}`), certificatePem: authority.cert, ownedBy: '123456789012' },
      ...{ status: 'INACTIVE', autoRegistrationStatus: 'DISABLE', certificateMode: 'DEFAULT' },
      validity: { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') },
    });
  });

  test('is the mode when none is named', async () => {
    const authority = await makeAuthority();
    const verificationCertificate = await proofOf(authority);
    await subject.iot.send(new RegisterCACertificateCommand({ caCertificate: authority.cert, verificationCertificate }));
    expect((await describeCa(authority.id)).certificateDescription?.certificateMode).toBe('DEFAULT');
  });

  test('is refused without a verification certificate', async () => {
    await expectRefusal(
      register(await makeAuthority(), { certificateMode: 'DEFAULT' }),
      'InvalidRequestException',
      400,
      /verificationCertificate/,
    );
  });

  test.each([
    [
      'names another code',
      async (authority: TestAuthority) => authority.issue({ name: 'CN=nobody' }),
      'RegistrationCodeValidationException',
    ],
    [
      'has no common name',
      async (authority: TestAuthority) => authority.issue({ name: 'O=nobody' }),
      'RegistrationCodeValidationException',
    ],
    [
      'has two common names',
      async (authority: TestAuthority) => authority.issue({ name: `CN=nobody, CN=${await registrationCode()}` }),
      'RegistrationCodeValidationException',
    ],
    [
      'is signed by somebody else',
      async () => (await makeAuthority()).issue({ name: `CN=${await registrationCode()}` }),
      'CertificateValidationException',
    ],
    [
      'is signed by a namesake',
      async () => (await makeAuthority({ name: 'CN=Namesake' })).issue({ name: `CN=${await registrationCode()}` }),
      'CertificateValidationException',
    ],
    [
      'has expired',
      async (authority: TestAuthority) =>
        authority.issue({ name: `CN=${await registrationCode()}`, notAfter: new Date('2021-01-01T00:00:00Z') }),
      'CertificateValidationException',
    ],
    ['is none', async () => Promise.resolve({ cert: 'no certificate' }), 'CertificateValidationException'],
  ])('is refused with a verification certificate that %s', async (_what, makeProof, name) => {
    const authority = await makeAuthority({ name: 'CN=Namesake' });
    const { cert: verificationCertificate } = await makeProof(authority);
    await expectRefusal(register(authority, { certificateMode: 'DEFAULT', verificationCertificate }), name, 400);
  });

  test('belongs to one account of a region, while in mode SNI_ONLY all may have it', async () => {
    const caHolders = new Map<string, string>();
    const planeOf = (accountId: string, region = testAccount.region) =>
      createIotControlPlane({ account: { ...testAccount, accountId, region }, clock: new ManualClock(testStartMs), caHolders }).client;
    const registerIn = async (plane: ReturnType<typeof planeOf>, authority: TestAuthority, caCertificate = authority.cert) => {
      const { registrationCode: code } = await plane.call('GetRegistrationCode', {});
      const { cert: verificationCertificate } = await authority.issue({ name: `CN=${String(code)}` });
      return plane.call('RegisterCACertificate', { caCertificate, verificationCertificate });
    };
    const authority = await makeAuthority({ name: 'CN=Shared' });
    const renewed = await makeAuthority({ name: 'CN=Shared', keys: authority.keys });
    const [first, second, elsewhere] = [planeOf('111111111111'), planeOf('222222222222'), planeOf('222222222222', 'eu-north-1')];
    await registerIn(first, authority);
    await expect(registerIn(second, authority)).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException', status: 409 });
    await expect(registerIn(second, renewed)).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });
    await registerIn(elsewhere, authority);
    await second.call('RegisterCACertificate', { caCertificate: authority.cert, certificateMode: 'SNI_ONLY' });
    await second.call('DeleteCACertificate', { certificateId: authority.id });
    await first.call('DeleteCACertificate', { certificateId: authority.id });
    await registerIn(second, authority);
  });
});

describe('an authority in mode SNI_ONLY', () => {
  test('is registered without any proof, active and with auto registration when asked for', async () => {
    const authority = await makeAuthority();
    const { certificateArn } = await register(authority, {
      ...{ setAsActive: true, allowAutoRegistration: true },
      tags: [{ Key: 'line', Value: 'lamps' }],
    });
    expect((await describeCa(authority.id)).certificateDescription).toMatchObject({
      ...{ status: 'ACTIVE', autoRegistrationStatus: 'ENABLE', certificateMode: 'SNI_ONLY' },
    });
    const { tags } = await subject.iot.send(new ListTagsForResourceCommand({ resourceArn: certificateArn }));
    expect(tags).toEqual([{ Key: 'line', Value: 'lamps' }]);
  });

  test('takes no verification certificate', async () => {
    const authority = await makeAuthority();
    const verificationCertificate = await proofOf(authority);
    await expectRefusal(register(authority, { verificationCertificate }), 'InvalidRequestException', 400, /must be empty/);
  });
});

describe('an authority is refused', () => {
  test('when it is registered already', async () => {
    const authority = await makeAuthority();
    await register(authority);
    await expect(register(authority)).rejects.toMatchObject({
      ...{ name: 'ResourceAlreadyExistsException', resourceId: authority.id, resourceArn: arn(`cacert/${authority.id}`) },
    });
  });

  test('when ten have its subject', async () => {
    const name = 'CN=Ten of us';
    for (let count = 0; count < 10; count++) await register(await makeAuthority({ name }));
    await expectRefusal(register(await makeAuthority({ name })), 'LimitExceededException', 410, /10/);
    await register(await makeAuthority({ name: 'CN=Somebody else' }));
  });

  test.each([
    ['that is no authority', async () => (await makeAuthority()).issue(), /CA:TRUE/],
    ['that says nothing of its being one', () => makeAuthority({ extensions: [] }), /CA:TRUE/],
    ['with an RSA key of 1024 bits', () => makeAuthority({ algorithm: rsa(1024) }), /1024 bits/],
    ['with a key on another curve', () => Promise.resolve({ cert: secp256k1Certificate }), /secp256k1/],
    ['that is signed with SHA-1', () => makeAuthority({ algorithm: rsa(), hash: 'SHA-1' }), /signature algorithm/],
    ['that has expired', () => makeAuthority({ notAfter: new Date('2021-01-01T00:00:00Z') }), /expired/],
    ['that is not valid yet', () => makeAuthority({ notBefore: new Date('2048-01-01T00:00:00Z') }), /not yet valid/],
    [
      'that is followed by its chain',
      async () => ({ cert: `${(await makeAuthority()).cert}\n${(await makeAuthority()).cert}` }),
      /single PEM/,
    ],
  ])('with a certificate %s', async (_what, make, message) => {
    await expectRefusal(register(await make()), 'CertificateValidationException', 400, message);
  });

  test('when its signature is not its own', async () => {
    const authority = await makeAuthority();
    const der = Buffer.from(authority.der);
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const cert = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
    await expectRefusal(register({ cert }), 'CertificateValidationException', 400);
  });
});

// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp256k1 -nodes -days 10000 -subj "/CN=Koblitz"
const secp256k1Certificate = `-----BEGIN CERTIFICATE-----
MIIBdjCCARygAwIBAgIUV735tNP8Xtt1V+UsW9oqUbC6m74wCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHS29ibGl0ejAeFw0yNjExMjIyMDM1NTZaFw00ODEwMTcyMDM1
NTZaMBIxEDAOBgNVBAMMB0tvYmxpdHowVjAQBgcqhkjOPQIBBgUrgQQACgNCAARi
DbHdpxoFyA+2lwlGaT4se/imbZgf2E6Ij8hN4GXuWjcIeB4PnIrlxnWfQdBYgtyx
VLQ+y0/AoodJU1NjR3Sso1MwUTAdBgNVHQ4EFgQUVTRYZZQNaYKJW2QpPHGzK0wl
hMgwHwYDVR0jBBgwFoAUVTRYZZQNaYKJW2QpPHGzK0wlhMgwDwYDVR0TAQH/BAUw
AwEB/zAKBggqhkjOPQQDAgNIADBFAiEAwPSG/nTAsaIg6njVlY972H6EKzdZgZiM
nVXEzNADFPACICpgDj+z+F3pLUw3xDPXJwvdyUJfCIY+LIoF1ck8CsLg
-----END CERTIFICATE-----`;

describe('a registration configuration', () => {
  test('is a template body with a role, or the name of a template of type JITP', async () => {
    const authority = await makeAuthority();
    await register(authority, { registrationConfig: { templateBody, roleArn } });
    expect((await describeCa(authority.id)).registrationConfig).toEqual({ templateBody, roleArn });
    const templateName = await newTemplate('JITP');
    await update(authority.id, { registrationConfig: { templateName } });
    expect((await describeCa(authority.id)).registrationConfig).toEqual({ templateName });
    const { certificates } = await subject.iot.send(new ListCACertificatesCommand({ templateName }));
    expect(certificates).toMatchObject([
      { certificateId: authority.id, certificateArn: arn(`cacert/${authority.id}`), status: 'INACTIVE' },
    ]);
  });

  test.each([
    ['says nothing', {}, 'InvalidRequestException', 400],
    ['gives a body without a role', { templateBody }, 'InvalidRequestException', 400],
    ['gives a role without a body', { roleArn }, 'InvalidRequestException', 400],
    ['gives both a body and a name', { templateBody, roleArn, templateName: 'a' }, 'InvalidRequestException', 400],
    ['names a role that is none', { templateBody, roleArn: 'arn:aws:iam::123456789012:user/a' }, 'InvalidRequestException', 400],
    ['gives a body that is no template', { templateBody: '{}', roleArn }, 'InvalidRequestException', 400],
    [
      'gives a body with a device configuration',
      { templateBody: JSON.stringify({ ...(JSON.parse(templateBody) as object), DeviceConfiguration: {} }), roleArn },
      'InvalidRequestException',
      400,
    ],
    ['names a template that does not exist', { templateName: 'nowhere' }, 'ResourceNotFoundException', 404],
  ])('is refused when it %s', async (_what, registrationConfig, name, status) => {
    await expectRefusal(register(await makeAuthority(), { registrationConfig }), name, status);
  });

  test('is refused when it names a template for fleet provisioning', async () => {
    const templateName = await newTemplate('FLEET_PROVISIONING');
    const authority = await makeAuthority();
    await expectRefusal(register(authority, { registrationConfig: { templateName } }), 'InvalidRequestException', 400, /JITP/);
  });

  test('is removed together with auto registration', async () => {
    const authority = await makeAuthority();
    await register(authority, { allowAutoRegistration: true, registrationConfig: { templateBody, roleArn } });
    await expectRefusal(
      update(authority.id, { removeAutoRegistration: true, newAutoRegistrationStatus: 'ENABLE' }),
      'InvalidRequestException',
      400,
    );
    await update(authority.id, { removeAutoRegistration: true });
    const described = await describeCa(authority.id);
    expect(described.registrationConfig).toBeUndefined();
    expect(described.certificateDescription?.autoRegistrationStatus).toBe('DISABLE');
  });
});

describe('a registered authority', () => {
  test('keeps what an update does not name', async () => {
    const authority = await makeAuthority();
    await register(authority);
    subject.clock.advance(1000);
    await update(authority.id, { newStatus: 'ACTIVE' });
    await update(authority.id, { newAutoRegistrationStatus: 'ENABLE' });
    const { certificateDescription: described } = await describeCa(authority.id);
    expect(described).toMatchObject({ status: 'ACTIVE', autoRegistrationStatus: 'ENABLE' });
    expect((described?.lastModifiedDate?.getTime() ?? 0) - (described?.creationDate?.getTime() ?? 0)).toBe(1000);
  });

  test('has no status but active and inactive', async () => {
    const authority = await makeAuthority();
    await register(authority);
    const revocation = subject.plane.client.call('UpdateCACertificate', { certificateId: authority.id, newStatus: 'REVOKED' });
    await expect(revocation).rejects.toMatchObject({ code: 'InvalidRequestException', message: expect.stringContaining('enum') as string });
  });

  test('is deleted only when it is inactive', async () => {
    const authority = await makeAuthority();
    await register(authority, { setAsActive: true });
    const deletion = new DeleteCACertificateCommand({ certificateId: authority.id });
    await expectRefusal(subject.iot.send(deletion), 'CertificateStateException', 406);
    await update(authority.id, { newStatus: 'INACTIVE' });
    await subject.iot.send(deletion);
    await expectRefusal(describeCa(authority.id), 'ResourceNotFoundException', 404);
    await expectRefusal(subject.iot.send(deletion), 'ResourceNotFoundException', 404);
    await expectRefusal(update(authority.id, {}), 'ResourceNotFoundException', 404);
  });

  test('is listed by creation date, in pages', async () => {
    const templateName = await newTemplate('JITP');
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const authority = await makeAuthority();
      await register(authority, { registrationConfig: { templateName } });
      ids.push(authority.id);
      subject.clock.advance(10);
    }
    const first = await subject.iot.send(new ListCACertificatesCommand({ templateName, pageSize: 2, ascendingOrder: true }));
    expect(first.certificates?.map(({ certificateId }) => certificateId)).toEqual(ids.slice(0, 2));
    const marker = first.nextMarker;
    const second = await subject.iot.send(new ListCACertificatesCommand({ templateName, pageSize: 2, ascendingOrder: true, marker }));
    expect(second).toMatchObject({ certificates: [{ certificateId: ids[2] }] });
    expect(second.nextMarker).toBeUndefined();
  });
});

test('a capture corrects what is assumed about authorities', async () => {
  const behaviour = createBehaviour({ 'ca.registration-needs-validity': false, 'registration-code.is-missed': false });
  const { client } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs), behaviour });
  const { cert: caCertificate } = await makeAuthority({ notAfter: new Date('2021-01-01T00:00:00Z') });
  await client.call('RegisterCACertificate', { caCertificate, certificateMode: 'SNI_ONLY' });
  expect(await client.call('DeleteRegistrationCode', {})).toEqual({});
});
