import {
  DeleteCACertificateCommand,
  DeleteRegistrationCodeCommand,
  DescribeCACertificateCommand,
  DescribeCertificateCommand,
  GetRegistrationCodeCommand,
  IoTClient,
  ListCACertificatesCommand,
  ListCertificatesByCACommand,
  RegisterCACertificateCommand,
  type RegisterCACertificateCommandInput,
  RegisterCertificateCommand,
  UpdateCACertificateCommand,
} from '@aws-sdk/client-iot';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { makeAuthority, rsa, type TestAuthority } from '../local/iot/own-ca/test-authority.ts';
import { attempt } from './device-connections.ts';
import { assumed, documented } from './fact.ts';

let aws: LocalAws;
let iot: IoTClient;
let neighbour: IoTClient;
const clientOf = (credentials: LocalAws['credentials']) =>
  new IoTClient({ endpoint: aws.endpoint, region: aws.account.region, credentials });
beforeAll(async () => {
  aws = await startLocalAws({ otherAccountIds: ['210987654321'], iotSettings: { operationRates: 'off' } });
  iot = clientOf(aws.credentials);
  neighbour = clientOf(aws.accounts.get('210987654321')?.credentials ?? aws.credentials);
});
afterAll(async () => {
  iot.destroy();
  neighbour.destroy();
  await aws.stop();
});

const reference = 'API reference, RegisterCACertificate';
const guide = 'IoT developer guide, "Manage your CA certificates"';

const proofFor = async (client: IoTClient, authority: TestAuthority): Promise<string> => {
  const { registrationCode } = await client.send(new GetRegistrationCodeCommand({}));
  return (await authority.issue({ name: `CN=${registrationCode ?? ''}` })).cert;
};

const register = (client: IoTClient, authority: { readonly cert: string }, input: Partial<RegisterCACertificateCommandInput> = {}) =>
  client.send(new RegisterCACertificateCommand({ caCertificate: authority.cert, ...input }));

const registerAlone = (authority: { readonly cert: string }, input: Partial<RegisterCACertificateCommandInput> = {}) =>
  register(iot, authority, { certificateMode: 'SNI_ONLY', ...input });

const describeCa = (certificateId: string) => iot.send(new DescribeCACertificateCommand({ certificateId }));

const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

const expired = { notAfter: new Date('2021-01-01T00:00:00Z') };

describe('The registration code', () => {
  documented('API reference, GetRegistrationCode', 'has 64 hex digits and stays until it is deleted', async () => {
    const { registrationCode } = await iot.send(new GetRegistrationCodeCommand({}));
    expect(registrationCode).toMatch(/^[0-9a-f]{64}$/);
    expect((await iot.send(new GetRegistrationCodeCommand({}))).registrationCode).toBe(registrationCode);
    await iot.send(new DeleteRegistrationCodeCommand({}));
    expect((await iot.send(new GetRegistrationCodeCommand({}))).registrationCode).not.toBe(registrationCode);
  });

  documented(reference, 'proves nothing any more once it is deleted', async () => {
    const authority = await makeAuthority();
    const verificationCertificate = await proofFor(iot, authority);
    await iot.send(new DeleteRegistrationCodeCommand({}));
    const registration = register(iot, authority, { verificationCertificate });
    await expect(registration).rejects.toMatchObject(refusal('RegistrationCodeValidationException', 400));
  });

  assumed('registration-code.is-missed', 'cannot be deleted when nobody asked for one', async () => {
    await iot.send(new GetRegistrationCodeCommand({}));
    await iot.send(new DeleteRegistrationCodeCommand({}));
    await expect(iot.send(new DeleteRegistrationCodeCommand({}))).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });
});

describe('RegisterCACertificate', () => {
  documented(
    reference,
    'takes mode DEFAULT when none is named, and leaves the authority inactive and without auto registration',
    async () => {
      const authority = await makeAuthority();
      await register(iot, authority, { verificationCertificate: await proofFor(iot, authority) });
      expect((await describeCa(authority.id)).certificateDescription).toMatchObject({
        ...{ certificateId: authority.id, status: 'INACTIVE', autoRegistrationStatus: 'DISABLE', certificateMode: 'DEFAULT' },
        certificateArn: `arn:aws:iot:us-east-1:${aws.account.accountId}:cacert/${authority.id}`,
      });
    },
  );

  documented(reference, 'wants a verification certificate in mode DEFAULT, and none in mode SNI_ONLY', async () => {
    const authority = await makeAuthority();
    const verificationCertificate = await proofFor(iot, authority);
    await expect(register(iot, authority)).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    await expect(registerAlone(authority, { verificationCertificate })).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    await registerAlone(authority);
  });

  documented(reference, 'refuses a verification certificate of another authority, and one of another code', async () => {
    const [authority, stranger] = [await makeAuthority({ name: 'CN=Same' }), await makeAuthority({ name: 'CN=Same' })];
    const forged = register(iot, authority, { verificationCertificate: await proofFor(iot, stranger) });
    await expect(forged).rejects.toMatchObject(refusal('CertificateValidationException', 400));
    const verificationCertificate = await proofFor(neighbour, authority);
    const foreign = register(iot, authority, { verificationCertificate });
    await expect(foreign).rejects.toMatchObject(refusal('RegistrationCodeValidationException', 400));
  });

  documented(reference, 'refuses what is registered already, and says which it is', async () => {
    const authority = await makeAuthority();
    const { certificateArn } = await registerAlone(authority);
    await expect(registerAlone(authority)).rejects.toMatchObject({
      ...refusal('ResourceAlreadyExistsException', 409),
      ...{ resourceId: authority.id, resourceArn: certificateArn },
    });
  });

  documented('General Reference, AWS IoT Core quotas', 'takes ten authorities with the same subject', async () => {
    const name = 'CN=Eleven of us';
    for (let count = 0; count < 10; count++) await registerAlone(await makeAuthority({ name }));
    await expect(registerAlone(await makeAuthority({ name }))).rejects.toMatchObject(refusal('LimitExceededException', 410));
  });

  documented(
    'IoT developer guide, "X.509 client certificates"',
    'refuses other keys than RSA of 2048 bits and more or EC, and SHA-1',
    async () => {
      const weak = [await makeAuthority({ algorithm: rsa(1024) }), await makeAuthority({ algorithm: rsa(), hash: 'SHA-1' })];
      for (const each of weak) await expect(registerAlone(each)).rejects.toMatchObject(refusal('CertificateValidationException', 400));
      for (const algorithm of [rsa(2048), rsa(3072)]) await registerAlone(await makeAuthority({ algorithm }));
    },
  );

  documented('RFC 5280 §4.2.1.9', 'refuses a certificate that is no authority’s', async () => {
    const device = await (await makeAuthority()).issue();
    await expect(registerAlone(device)).rejects.toMatchObject(refusal('CertificateValidationException', 400));
  });

  assumed('ca.registration-needs-validity', 'refuses an authority that has expired or is not valid yet', async () => {
    const early = { notBefore: new Date('2048-01-01T00:00:00Z') };
    for (const wishes of [expired, early]) {
      await expect(registerAlone(await makeAuthority(wishes))).rejects.toMatchObject(refusal('CertificateValidationException', 400));
    }
  });

  documented(guide, 'lets several accounts have an authority in mode SNI_ONLY', async () => {
    const authority = await makeAuthority();
    await registerAlone(authority);
    await register(neighbour, authority, { certificateMode: 'SNI_ONLY' });
  });

  assumed('ca.held-elsewhere-refusal', 'lets only one account of a region have an authority in mode DEFAULT', async () => {
    const authority = await makeAuthority();
    await register(neighbour, authority, { verificationCertificate: await proofFor(neighbour, authority) });
    const verificationCertificate = await proofFor(iot, authority);
    const second = register(iot, authority, { verificationCertificate });
    await expect(second).rejects.toMatchObject(refusal('ResourceAlreadyExistsException', 409));
    await neighbour.send(new DeleteCACertificateCommand({ certificateId: authority.id }));
    await register(iot, authority, { verificationCertificate });
  });
});

describe('RegisterCertificate', () => {
  documented('API reference, RegisterCertificate', 'registers in the mode of the authority that signed, which is proved', async () => {
    const authority = await makeAuthority();
    await register(iot, authority, { verificationCertificate: await proofFor(iot, authority), setAsActive: true });
    const device = await authority.issue();
    await iot.send(new RegisterCertificateCommand({ certificatePem: device.cert }));
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId: device.id }));
    expect(certificateDescription).toMatchObject({ certificateMode: 'DEFAULT', caCertificateId: authority.id });
    const impostor = await makeAuthority();
    const foreign = new RegisterCertificateCommand({ certificatePem: (await impostor.issue()).cert, caCertificatePem: authority.cert });
    await expect(iot.send(foreign)).rejects.toMatchObject(refusal('CertificateValidationException', 400));
  });

  documented('API reference, RegisterCertificate', 'must be told the authority when several have its subject', async () => {
    const [first, second] = [await makeAuthority({ name: 'CN=Pair' }), await makeAuthority({ name: 'CN=Pair' })];
    for (const each of [first, second]) await registerAlone(each, { setAsActive: true });
    const device = await first.issue();
    const unclear = new RegisterCertificateCommand({ certificatePem: device.cert });
    await expect(iot.send(unclear)).rejects.toMatchObject(refusal('CertificateConflictException', 409));
    await iot.send(new RegisterCertificateCommand({ certificatePem: device.cert, caCertificatePem: first.cert }));
  });

  assumed('ca.inactive-refusal', 'refuses a certificate whose authority is inactive', async () => {
    const authority = await makeAuthority();
    await registerAlone(authority);
    const registration = iot.send(new RegisterCertificateCommand({ certificatePem: (await authority.issue()).cert }));
    await expect(registration).rejects.toMatchObject(refusal('CertificateStateException', 406));
  });
});

describe('A registered authority', () => {
  documented('API reference, DeleteCACertificate', 'is deleted only when it is inactive', async () => {
    const authority = await makeAuthority();
    await registerAlone(authority, { setAsActive: true });
    const deletion = new DeleteCACertificateCommand({ certificateId: authority.id });
    await expect(iot.send(deletion)).rejects.toMatchObject(refusal('CertificateStateException', 406));
    await iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, newStatus: 'INACTIVE' }));
    await iot.send(deletion);
    await expect(describeCa(authority.id)).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });

  documented('API reference, ListCACertificates', 'is listed with status and date', async () => {
    const authority = await makeAuthority();
    await registerAlone(authority);
    const { certificates } = await iot.send(new ListCACertificatesCommand({ pageSize: 1 }));
    expect(certificates).toMatchObject([{ certificateId: authority.id, status: 'INACTIVE', creationDate: expect.any(Date) as Date }]);
  });

  documented(guide, 'that is deactivated leaves the certificates that it signed alone', async () => {
    const authority = await makeAuthority();
    await registerAlone(authority, { setAsActive: true });
    const device = await authority.issue();
    await iot.send(new RegisterCertificateCommand({ certificatePem: device.cert, status: 'ACTIVE' }));
    await iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, newStatus: 'INACTIVE' }));
    const { certificates } = await iot.send(new ListCertificatesByCACommand({ caCertificateId: authority.id }));
    expect(certificates).toMatchObject([{ certificateId: device.id, status: 'ACTIVE', certificateMode: 'SNI_ONLY' }]);
  });

  assumed('ca.removal-disables-auto-registration', 'loses auto registration with its configuration', async () => {
    const authority = await makeAuthority();
    await registerAlone(authority, { allowAutoRegistration: true });
    await iot.send(new UpdateCACertificateCommand({ certificateId: authority.id, removeAutoRegistration: true }));
    const { certificateDescription, registrationConfig } = await describeCa(authority.id);
    expect([certificateDescription?.autoRegistrationStatus, registrationConfig]).toEqual(['DISABLE', undefined]);
  });

  assumed('ca.lists-unknown-as-empty', 'that does not exist has no certificates', async () => {
    const { certificates } = await iot.send(new ListCertificatesByCACommand({ caCertificateId: 'f'.repeat(64) }));
    expect(certificates).toEqual([]);
  });
});

documented(
  'IoT developer guide, "X.509 client certificates"',
  'Two accounts register devices of one authority, each by its own endpoint',
  async () => {
    const authority = await makeAuthority();
    const settings = { certificateMode: 'SNI_ONLY', setAsActive: true, allowAutoRegistration: true } as const;
    for (const client of [iot, neighbour]) await register(client, authority, settings);
    const device = await authority.issue();
    const serverName = aws.accounts.get('210987654321')?.services.iot.dataEndpoint;
    expect(await attempt(aws, device, { clientId: 'lamp', serverName })).toBe('closed');
    const question = new DescribeCertificateCommand({ certificateId: device.id });
    expect((await neighbour.send(question)).certificateDescription?.status).toBe('PENDING_ACTIVATION');
    await expect(iot.send(question)).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  },
);
