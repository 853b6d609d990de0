import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  ListAttachedPoliciesCommand,
  ListCertificatesCommand,
  RegisterCertificateWithoutCACommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import type { CertificateStatus } from '@aws-sdk/client-iot';
import { createServerCredentials } from '../../../../local/iot/certificate-authority/server-credentials.ts';
import { ecKeys, requestPem, rsaKeys } from '../certificate-requests.ts';
import { arn, expectRefusal, fresh, policyDocument, startControlPlane, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const newCertificate = async (setAsActive = false): Promise<string> => {
  const request = new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive });
  return (await subject.iot.send(request)).certificateId ?? '';
};

const setStatus = (certificateId: string, newStatus: CertificateStatus) =>
  subject.iot.send(new UpdateCertificateCommand({ certificateId, newStatus }));

const statusOf = async (certificateId: string) =>
  (await subject.iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status;

describe('a certificate from a signing request', () => {
  test('is registered inactive unless asked otherwise', async () => {
    expect(await statusOf(await newCertificate())).toBe('INACTIVE');
    expect(await statusOf(await newCertificate(true))).toBe('ACTIVE');
  });

  test('is described with validity and mode', async () => {
    const certificateId = await newCertificate();
    const { certificateDescription } = await subject.iot.send(new DescribeCertificateCommand({ certificateId }));
    expect(certificateDescription).toMatchObject({
      certificateArn: arn(`cert/${certificateId}`),
      ownedBy: '123456789012',
      certificateMode: 'DEFAULT',
      validity: { notAfter: new Date('2049-12-31T23:59:59Z') },
    });
    expect(new X509Certificate(certificateDescription?.certificatePem ?? '').subject).toBe('CN=device-1');
  });

  test.each([
    ['garbage', () => 'garbage'],
    ['an RSA key of 1024 bits', () => requestPem({ keys: rsaKeys(1024) })],
    ['a key on P-224', () => requestPem({ keys: ecKeys('secp224r1') })],
    ['a foreign signature', () => requestPem({ signer: ecKeys().privateKey })],
    ['more than 4096 characters', () => requestPem({ commonName: 'x'.repeat(4000) })],
  ])('is not made from a request with %s', async (_what, makeRequest) => {
    const request = new CreateCertificateFromCsrCommand({ certificateSigningRequest: makeRequest() });
    await expectRefusal(subject.iot.send(request), 'InvalidRequestException', 400);
  });
});

describe('a certificate with keys made by AWS', () => {
  test('has an RSA key of 2048 bits, whose private half is given out once', async () => {
    const created = await subject.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const certificate = new X509Certificate(created.certificatePem ?? '');
    expect(certificate.subject).toBe('CN=AWS IoT Certificate');
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(certificate.checkPrivateKey(createPrivateKey(created.keyPair?.PrivateKey ?? ''))).toBe(true);
    expect(created.keyPair?.PublicKey).toBe(certificate.publicKey.export({ format: 'pem', type: 'spki' }).toString());
    expect(await statusOf(created.certificateId ?? '')).toBe('ACTIVE');
  });
});

describe('a certificate registered without its authority', () => {
  test('is inactive by default, in mode SNI_ONLY, and registered once', async () => {
    const { certificate: certificatePem } = createServerCredentials(['device.example']);
    const register = () => subject.iot.send(new RegisterCertificateWithoutCACommand({ certificatePem }));
    const { certificateId = '' } = await register();
    const { certificateDescription } = await subject.iot.send(new DescribeCertificateCommand({ certificateId }));
    expect(certificateDescription).toMatchObject({ status: 'INACTIVE', certificateMode: 'SNI_ONLY', certificatePem });
    await expectRefusal(register(), 'ResourceAlreadyExistsException', 409);
    await expect(register()).rejects.toMatchObject({ resourceId: certificateId });
  });

  test.each(['garbage', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'is refused when it is %j',
    async (certificatePem) => {
      const registration = subject.iot.send(new RegisterCertificateWithoutCACommand({ certificatePem, status: 'ACTIVE' }));
      await expectRefusal(registration, 'CertificateValidationException', 400);
    },
  );

  test('cannot start out pending', async () => {
    const { certificate: certificatePem } = createServerCredentials(['device.example']);
    const registration = subject.iot.send(new RegisterCertificateWithoutCACommand({ certificatePem, status: 'PENDING_ACTIVATION' }));
    await expectRefusal(registration, 'InvalidRequestException', 400);
  });
});

describe('the status of a certificate', () => {
  test('goes to and fro between active and inactive', async () => {
    const certificateId = await newCertificate();
    await setStatus(certificateId, 'ACTIVE');
    expect(await statusOf(certificateId)).toBe('ACTIVE');
    await setStatus(certificateId, 'INACTIVE');
    expect(await statusOf(certificateId)).toBe('INACTIVE');
  });

  test('stays revoked', async () => {
    const certificateId = await newCertificate();
    await setStatus(certificateId, 'REVOKED');
    await setStatus(certificateId, 'REVOKED');
    await expectRefusal(setStatus(certificateId, 'ACTIVE'), 'CertificateStateException', 406);
  });

  test.each(['PENDING_ACTIVATION', 'PENDING_TRANSFER', 'REGISTER_INACTIVE'] as const)('is never set to %s by a caller', async (status) => {
    await expectRefusal(setStatus(await newCertificate(), status), 'InvalidRequestException', 400);
  });

  test('is told to listeners, as is deletion', async () => {
    const heard: string[] = [];
    const listener = (_id: string, status: string): void => void heard.push(status);
    subject.plane.registry.certificateListeners.add(listener);
    const certificateId = await newCertificate(true);
    await setStatus(certificateId, 'INACTIVE');
    await subject.iot.send(new DeleteCertificateCommand({ certificateId }));
    subject.plane.registry.certificateListeners.delete(listener);
    expect(heard).toEqual(['INACTIVE', 'DELETED']);
  });
});

describe('deleting a certificate', () => {
  const remove = (certificateId: string, forceDelete?: boolean) =>
    subject.iot.send(new DeleteCertificateCommand({ certificateId, forceDelete }));

  test('is refused while it is active, even by force', async () => {
    const certificateId = await newCertificate(true);
    await expectRefusal(remove(certificateId), 'CertificateStateException', 406);
    await expectRefusal(remove(certificateId, true), 'CertificateStateException', 406);
  });

  test('is refused while a policy is attached, unless forced', async () => {
    const certificateId = await newCertificate();
    const policyName = fresh('policy');
    const target = arn(`cert/${certificateId}`);
    await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
    await subject.iot.send(new AttachPolicyCommand({ policyName, target }));
    const expected = new RegExp(`Certificate policies must be detached before deletion \\(arn: ${target}\\)`);
    await expectRefusal(remove(certificateId), 'DeleteConflictException', 409, expected);
    await subject.iot.send(new DetachPolicyCommand({ policyName, target }));
    await subject.iot.send(new AttachPolicyCommand({ policyName, target }));
    await remove(certificateId, true);
    await expectRefusal(subject.iot.send(new ListAttachedPoliciesCommand({ target })), 'ResourceNotFoundException', 404);
  });

  test('is refused while a thing is attached, even by force', async () => {
    const certificateId = await newCertificate();
    const thingName = fresh('thing');
    const principal = arn(`cert/${certificateId}`);
    await subject.iot.send(new CreateThingCommand({ thingName }));
    await subject.iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
    await expectRefusal(remove(certificateId), 'DeleteConflictException', 409, /Things must be detached/);
    await expectRefusal(remove(certificateId, true), 'DeleteConflictException', 409);
    await subject.iot.send(new DetachThingPrincipalCommand({ thingName, principal }));
    await remove(certificateId);
    await expectRefusal(remove(certificateId), 'ResourceNotFoundException', 404);
  });

  test('needs an id of 64 digits', async () => {
    await expectRefusal(remove('abc'), 'InvalidRequestException', 400);
    await expectRefusal(remove('z'.repeat(64)), 'InvalidRequestException', 400);
    await expectRefusal(remove('0'.repeat(64)), 'ResourceNotFoundException', 404);
  });
});

describe('listing certificates', () => {
  test('goes page by page in the order of their creation', async () => {
    const other = await startControlPlane();
    const ids: (string | undefined)[] = [];
    for (let count = 0; count < 3; count++) {
      ids.push((await other.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem() }))).certificateId);
      other.clock.advance(1000);
    }
    const first = await other.iot.send(new ListCertificatesCommand({ pageSize: 2, ascendingOrder: true }));
    const second = await other.iot.send(new ListCertificatesCommand({ pageSize: 2, ascendingOrder: true, marker: first.nextMarker }));
    expect([...(first.certificates ?? []), ...(second.certificates ?? [])].map(({ certificateId }) => certificateId)).toEqual(ids);
    const newestFirst = await other.iot.send(new ListCertificatesCommand({}));
    expect(newestFirst.certificates?.map(({ certificateId }) => certificateId)).toEqual(ids.toReversed());
    await other.stop();
  });
});
