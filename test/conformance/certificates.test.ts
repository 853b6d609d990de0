import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  type CertificateStatus,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  IoTClient,
  RegisterCertificateWithoutCACommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';
import { type IssuedIdentity, makeAuthority, type TestAuthority } from '../local/iot/own-ca/test-authority.ts';
import { attempt, connectDevice } from './device-connections.ts';
import { assumed, documented } from './fact.ts';
import { eventually } from './just-in-time-world.ts';

const clock = new ManualClock(Date.now());

let aws: LocalAws;
let iot: IoTClient;
let authority: TestAuthority;
beforeAll(async () => {
  aws = await startLocalAws({ clock, iotSettings: { operationRates: 'off' } });
  iot = new IoTClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials });
  authority = await makeAuthority();
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] });
  await iot.send(new CreatePolicyCommand({ policyName: 'everything', policyDocument }));
});
afterAll(async () => {
  iot.destroy();
  await aws.stop();
});

const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

const arnOf = (certificateId: string) => `arn:aws:iot:us-east-1:${aws.account.accountId}:cert/${certificateId}`;

const setStatus = (certificateId: string, newStatus: CertificateStatus) =>
  iot.send(new UpdateCertificateCommand({ certificateId, newStatus }));

const describeCertificate = async (certificateId: string) =>
  (await iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription;

const registered = async (status?: CertificateStatus): Promise<IssuedIdentity> => {
  const device = await authority.issue();
  await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: device.cert, ...(status === undefined ? {} : { status }) }));
  await iot.send(new AttachPolicyCommand({ policyName: 'everything', target: arnOf(device.id) }));
  return device;
};

const reference = 'API reference, UpdateCertificate';

describe('The status of a certificate', () => {
  documented(reference, 'decides whether a device is let in, at once', async () => {
    const device = await registered('INACTIVE');
    expect(await attempt(aws, device, { clientId: 'a' })).toBe('closed');
    await setStatus(device.id, 'ACTIVE');
    expect(await attempt(aws, device, { clientId: 'a' })).toBe('accepted');
    await setStatus(device.id, 'INACTIVE');
    expect(await attempt(aws, device, { clientId: 'a' })).toBe('closed');
    await setStatus(device.id, 'REVOKED');
    expect(await attempt(aws, device, { clientId: 'a' })).toBe('closed');
  });

  documented(reference, 'ends connections within a few minutes of leaving ACTIVE', async () => {
    const device = await registered('ACTIVE');
    const client = await connectDevice(aws, device, { clientId: 'b' });
    let isClosed = false;
    client.on('close', () => {
      isClosed = true;
    });
    await setStatus(device.id, 'INACTIVE');
    expect(client.connected).toBe(true);
    clock.advance(5 * 60_000);
    await eventually(() => (isClosed ? true : undefined));
    await client.endAsync(true);
  });

  documented(reference, 'cannot be set to what is for AWS’s own use', async () => {
    const device = await registered('ACTIVE');
    for (const status of ['PENDING_TRANSFER', 'PENDING_ACTIVATION', 'REGISTER_INACTIVE'] as const) {
      await expect(setStatus(device.id, status)).rejects.toMatchObject(refusal('InvalidRequestException', 400));
    }
    expect((await describeCertificate(device.id))?.status).toBe('ACTIVE');
  });

  documented(reference, 'of a certificate that does not exist cannot be set', async () => {
    await expect(setStatus('0'.repeat(64), 'ACTIVE')).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });

  assumed('certificate.revoked-is-final', 'stays REVOKED, also of a certificate that was registered so', async () => {
    const [revoked, registeredRevoked] = [await registered('ACTIVE'), await registered('REVOKED')];
    await setStatus(revoked.id, 'REVOKED');
    for (const { id } of [revoked, registeredRevoked]) {
      await expect(setStatus(id, 'ACTIVE')).rejects.toMatchObject(refusal('CertificateStateException', 406));
      await expect(setStatus(id, 'INACTIVE')).rejects.toMatchObject(refusal('CertificateStateException', 406));
      expect((await describeCertificate(id))?.status).toBe('REVOKED');
    }
  });
});

describe('RegisterCertificateWithoutCA', () => {
  documented('API reference, RegisterCertificateWithoutCA', 'takes a certificate of any authority, in mode SNI_ONLY', async () => {
    const device = await registered('ACTIVE');
    expect(await describeCertificate(device.id)).toMatchObject({ certificateMode: 'SNI_ONLY', certificatePem: device.cert });
    expect((await describeCertificate(device.id))?.caCertificateId).toBeUndefined();
  });

  documented('IoT developer guide, "X.509 client certificates"', 'makes a certificate that needs SNI', async () => {
    const device = await registered('ACTIVE');
    expect(await attempt(aws, device, { clientId: 'c', serverName: undefined })).toBe('closed');
    expect(await attempt(aws, device, { clientId: 'c' })).toBe('accepted');
  });

  documented('API reference, RegisterCertificateWithoutCA', 'refuses what is registered already, and says which it is', async () => {
    const device = await registered();
    await expect(iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: device.cert }))).rejects.toMatchObject({
      ...refusal('ResourceAlreadyExistsException', 409),
      ...{ resourceId: device.id, resourceArn: arnOf(device.id) },
    });
  });

  assumed('certificate.registers-inactive', 'leaves a certificate inactive unless asked otherwise', async () => {
    expect((await describeCertificate((await registered()).id))?.status).toBe('INACTIVE');
  });

  assumed('certificate.expired-is-refused', 'refuses a certificate that has expired, and takes one that is not valid yet', async () => {
    const expired = await authority.issue({ notAfter: new Date('2021-01-01T00:00:00Z') });
    const registration = new RegisterCertificateWithoutCACommand({ certificatePem: expired.cert });
    await expect(iot.send(registration)).rejects.toMatchObject(refusal('CertificateValidationException', 400));
    const early = await authority.issue({ notBefore: new Date('2048-01-01T00:00:00Z') });
    await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: early.cert, status: 'ACTIVE' }));
    expect(await attempt(aws, early, { clientId: 'd' })).toBe('closed');
  });
});

documented('API reference, CreateCertificateFromCsr', 'One signing request yields another certificate each time', async () => {
  const request = new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem() });
  const [first, second] = [await iot.send(request), await iot.send(request)];
  expect(first.certificateId).not.toBe(second.certificateId);
});

describe('DeleteCertificate', () => {
  const reference = 'API reference, DeleteCertificate';
  const remove = (certificateId: string, forceDelete?: boolean) =>
    iot.send(new DeleteCertificateCommand({ certificateId, ...(forceDelete === undefined ? {} : { forceDelete }) }));

  documented(reference, 'refuses an active certificate, forced or not', async () => {
    const device = await registered('ACTIVE');
    for (const forced of [false, true]) {
      await expect(remove(device.id, forced)).rejects.toMatchObject(refusal('CertificateStateException', 406));
    }
  });

  documented(reference, 'refuses a certificate with a policy unless it is forced', async () => {
    const [first, second] = [await registered('INACTIVE'), await registered('REVOKED')];
    await expect(remove(first.id)).rejects.toMatchObject({
      ...refusal('DeleteConflictException', 409),
      message: `Certificate policies must be detached before deletion (arn: ${arnOf(first.id)})`,
    });
    await iot.send(new DetachPolicyCommand({ policyName: 'everything', target: arnOf(first.id) }));
    await remove(first.id);
    await remove(second.id, true);
    await expect(describeCertificate(second.id)).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });

  documented(reference, 'refuses a certificate with a thing, even forced', async () => {
    const device = await registered('INACTIVE');
    await iot.send(new CreateThingCommand({ thingName: 'thing' }));
    const attachment = { thingName: 'thing', principal: arnOf(device.id) };
    await iot.send(new AttachThingPrincipalCommand(attachment));
    await expect(remove(device.id, true)).rejects.toMatchObject(refusal('DeleteConflictException', 409));
    await iot.send(new DetachThingPrincipalCommand(attachment));
    await remove(device.id, true);
    await expect(remove(device.id)).rejects.toMatchObject(refusal('ResourceNotFoundException', 404));
  });

  documented(reference, 'frees the certificate to be registered again', async () => {
    const device = await registered('INACTIVE');
    await remove(device.id, true);
    await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: device.cert }));
    expect((await describeCertificate(device.id))?.status).toBe('INACTIVE');
  });
});
