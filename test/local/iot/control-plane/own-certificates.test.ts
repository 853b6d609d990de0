import {
  type CertificateStatus,
  DescribeCertificateCommand,
  ListCertificatesByCACommand,
  ListCertificatesCommand,
  RegisterCertificateCommand,
  type RegisterCertificateCommandInput,
  RegisterCertificateWithoutCACommand,
} from '@aws-sdk/client-iot';
import { createBehaviour, type BehaviourCapture } from '../../../../local/iot/behaviour/behaviour.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { makeAuthority, rsa, type TestAuthority } from '../own-ca/test-authority.ts';
import { arn, expectRefusal, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const registeredAuthority = async (status: 'ACTIVE' | 'INACTIVE' = 'ACTIVE', name?: string): Promise<TestAuthority> => {
  const authority = await makeAuthority(name === undefined ? {} : { name });
  const input = { caCertificate: authority.cert, certificateMode: 'SNI_ONLY', setAsActive: status === 'ACTIVE' };
  await subject.plane.client.call('RegisterCACertificate', input);
  return authority;
};

const register = (device: { readonly cert: string }, input: Partial<RegisterCertificateCommandInput> = {}) =>
  subject.iot.send(new RegisterCertificateCommand({ certificatePem: device.cert, ...input }));

const describeCertificate = async (certificateId: string) =>
  (await subject.iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription;

describe('a certificate of a registered authority', () => {
  test('is registered as inactive, in its authority’s mode, and knows its authority', async () => {
    const authority = await registeredAuthority();
    const device = await authority.issue({ name: 'CN=lamp' });
    expect(await register(device)).toMatchObject({ certificateId: device.id, certificateArn: arn(`cert/${device.id}`) });
    expect(await describeCertificate(device.id)).toMatchObject({
      ...{ status: 'INACTIVE', certificateMode: 'SNI_ONLY', caCertificateId: authority.id, certificatePem: device.cert },
    });
    const list = new ListCertificatesByCACommand({ caCertificateId: authority.id });
    expect((await subject.iot.send(list)).certificates).toMatchObject([{ certificateId: device.id, certificateMode: 'SNI_ONLY' }]);
  });

  test('has the mode DEFAULT when its authority has', async () => {
    const authority = await makeAuthority();
    const { registrationCode } = await subject.plane.client.call('GetRegistrationCode', {});
    const { cert: verificationCertificate } = await authority.issue({ name: `CN=${String(registrationCode)}` });
    const input = { caCertificate: authority.cert, verificationCertificate, setAsActive: true };
    await subject.plane.client.call('RegisterCACertificate', input);
    const device = await authority.issue();
    await register(device, { status: 'ACTIVE' });
    expect(await describeCertificate(device.id)).toMatchObject({ status: 'ACTIVE', certificateMode: 'DEFAULT' });
  });

  test.each<[CertificateStatus]>([['ACTIVE'], ['INACTIVE'], ['REVOKED']])('may be registered as %s', async (status) => {
    const device = await (await registeredAuthority()).issue();
    await register(device, { status });
    expect((await describeCertificate(device.id))?.status).toBe(status);
  });

  test.each<[CertificateStatus]>([['PENDING_TRANSFER'], ['PENDING_ACTIVATION'], ['REGISTER_INACTIVE']])(
    'may not be registered as %s',
    async (status) => {
      const device = await (await registeredAuthority()).issue();
      await expectRefusal(register(device, { status }), 'InvalidRequestException', 400, new RegExp(status));
      const alone = new RegisterCertificateWithoutCACommand({ certificatePem: device.cert, status });
      await expectRefusal(subject.iot.send(alone), 'InvalidRequestException', 400, new RegExp(status));
    },
  );

  test('is active at once by the deprecated setAsActive', async () => {
    const device = await (await registeredAuthority()).issue();
    await register(device, { setAsActive: true });
    expect((await describeCertificate(device.id))?.status).toBe('ACTIVE');
  });

  test('is registered once, whichever way', async () => {
    const device = await (await registeredAuthority()).issue();
    await register(device);
    const expected = { name: 'ResourceAlreadyExistsException', resourceId: device.id, resourceArn: arn(`cert/${device.id}`) };
    await expect(register(device)).rejects.toMatchObject(expected);
    const alone = new RegisterCertificateWithoutCACommand({ certificatePem: device.cert });
    await expect(subject.iot.send(alone)).rejects.toMatchObject(expected);
  });

  test('is refused while its authority is inactive', async () => {
    const device = await (await registeredAuthority('INACTIVE')).issue();
    await expectRefusal(register(device), 'CertificateStateException', 406, /not active/);
  });

  test('is refused when several authorities have that subject and none is named', async () => {
    const name = 'CN=Twins';
    const [first, second] = [await registeredAuthority('ACTIVE', name), await registeredAuthority('ACTIVE', name)];
    const device = await second.issue();
    await expectRefusal(register(device), 'CertificateConflictException', 409, /caCertificatePem/);
    await expectRefusal(register(device, { caCertificatePem: first.cert }), 'CertificateValidationException', 400, /not signed/);
    await register(device, { caCertificatePem: second.cert });
    expect((await describeCertificate(device.id))?.caCertificateId).toBe(second.id);
  });

  test.each<[string, (authority: TestAuthority) => Promise<Partial<RegisterCertificateCommandInput> & { certificatePem: string }>]>([
    ['of an authority that nobody registered', async () => ({ certificatePem: (await (await makeAuthority()).issue()).cert })],
    [
      'of an authority that is named, but not registered',
      async () => {
        const stranger = await makeAuthority();
        return { certificatePem: (await stranger.issue()).cert, caCertificatePem: stranger.cert };
      },
    ],
    [
      'that only names its authority, signed by a namesake',
      async () => ({ certificatePem: (await (await makeAuthority({ name: 'CN=Home' })).issue()).cert }),
    ],
    ['that has expired', async (home) => ({ certificatePem: (await home.issue({ notAfter: new Date('2021-01-01T00:00:00Z') })).cert })],
    ['with an RSA key of 1024 bits', async (home) => ({ certificatePem: (await home.issue({ algorithm: rsa(1024) })).cert })],
    ['with text around it', async (home) => ({ certificatePem: `Certificate:\n${(await home.issue()).cert}` })],
    ['followed by its authority’s', async (home) => ({ certificatePem: `${(await home.issue()).cert}\n${home.cert}` })],
    ['named by no certificate', async (home) => ({ certificatePem: (await home.issue()).cert, caCertificatePem: 'x' })],
  ])('is refused %s', async (_what, make) => {
    const { client } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });
    const home = await makeAuthority({ name: 'CN=Home' });
    await client.call('RegisterCACertificate', { caCertificate: home.cert, certificateMode: 'SNI_ONLY', setAsActive: true });
    const registration = client.call('RegisterCertificate', await make(home));
    await expect(registration).rejects.toMatchObject({ code: 'CertificateValidationException', status: 400 });
  });

  test('stays registered and listed when its authority is deactivated and deleted', async () => {
    const authority = await registeredAuthority();
    const device = await authority.issue();
    await register(device, { status: 'ACTIVE' });
    await subject.plane.client.call('UpdateCACertificate', { certificateId: authority.id, newStatus: 'INACTIVE' });
    expect(subject.plane.directory.authenticate(device.der)).toMatchObject({ isAuthenticated: true });
    await subject.plane.client.call('DeleteCACertificate', { certificateId: authority.id });
    expect(subject.plane.directory.authenticate(device.der)).toMatchObject({ isAuthenticated: true });
    const { certificates } = await subject.iot.send(new ListCertificatesByCACommand({ caCertificateId: authority.id }));
    expect(certificates).toMatchObject([{ certificateId: device.id, status: 'ACTIVE' }]);
  });
});

test('Certificates of an authority are listed in pages, its own only', async () => {
  const [authority, other] = [await registeredAuthority(), await registeredAuthority()];
  for (const signer of [authority, authority, authority, other]) await register(await signer.issue());
  const ids: (string | undefined)[] = [];
  let marker: string | undefined;
  do {
    const page = await subject.iot.send(new ListCertificatesByCACommand({ caCertificateId: authority.id, pageSize: 2, marker }));
    ids.push(...(page.certificates ?? []).map(({ certificateId }) => certificateId));
    marker = page.nextMarker;
  } while (marker !== undefined);
  expect(new Set(ids).size).toBe(3);
  const all = await subject.iot.send(new ListCertificatesCommand({ pageSize: 250 }));
  expect((all.certificates ?? []).length).toBeGreaterThan(3);
  const unknown = await subject.iot.send(new ListCertificatesByCACommand({ caCertificateId: 'a'.repeat(64) }));
  expect(unknown.certificates).toEqual([]);
});

describe('a certificate in mode SNI_ONLY', () => {
  test('authenticates a connection only with SNI, and by itself', async () => {
    const device = await (await makeAuthority()).issue();
    await subject.iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: device.cert, status: 'ACTIVE' }));
    const { directory } = subject.plane;
    expect(directory.authenticate(device.der, { serverName: 'x-ats.iot.eu-central-1.amazonaws.com' }).isAuthenticated).toBe(true);
    expect(directory.authenticate(device.der).isAuthenticated).toBe(true);
    const nameless = directory.authenticate(device.der, { serverName: undefined });
    expect(nameless).toMatchObject({ isAuthenticated: false, reason: 'NOT_AUTHENTICATED' });
  });
});

describe('what is assumed about certificates', () => {
  const planeWith = (capture: BehaviourCapture) =>
    createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs), behaviour: createBehaviour(capture) });

  test('can be corrected: the status, the expiry, the refusal, the list', async () => {
    const { client } = planeWith({
      ...{ 'certificate.registers-inactive': false, 'certificate.expired-is-refused': false },
      ...{ 'ca.inactive-refusal': 'InvalidRequestException', 'ca.lists-unknown-as-empty': false },
    });
    const authority = await makeAuthority();
    const expired = await authority.issue({ notAfter: new Date('2021-01-01T00:00:00Z') });
    await client.call('RegisterCertificateWithoutCA', { certificatePem: expired.cert });
    expect(await client.call('DescribeCertificate', { certificateId: expired.id })).toMatchObject({
      certificateDescription: { status: 'ACTIVE' },
    });
    await client.call('RegisterCACertificate', { caCertificate: authority.cert, certificateMode: 'SNI_ONLY' });
    const registration = client.call('RegisterCertificate', { certificatePem: (await authority.issue()).cert });
    await expect(registration).rejects.toMatchObject({ code: 'InvalidRequestException' });
    const list = client.call('ListCertificatesByCA', { caCertificateId: 'a'.repeat(64) });
    await expect(list).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
