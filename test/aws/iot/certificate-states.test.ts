import { CreateCertificateFromCsrCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { createIotCertificateStates } from '../../../aws/iot/certificate-states.ts';
import { certificateId } from '../../../domain/identifiers.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { type TestControlPlane, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const aCertificate = async (setAsActive: boolean) => {
  const { certificateId: id } = await plane.iot.send(
    new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive }),
  );
  return z.parse(certificateId, id);
};

describe('How a certificate stands at AWS IoT', () => {
  test('is what AWS IoT says, and GONE where there is none', async () => {
    const states = createIotCertificateStates(plane.iot);
    expect(await states.statusOf(await aCertificate(true))).toBe('ACTIVE');
    expect(await states.statusOf(await aCertificate(false))).toBe('INACTIVE');
    expect(await states.statusOf(aCertificateId('never issued'))).toBe('GONE');
  });

  test('is REVOKED after it was revoked, once or twice; one that is gone needs no revoking', async () => {
    const states = createIotCertificateStates(plane.iot);
    const certificate = await aCertificate(true);
    await states.revoke(certificate);
    await states.revoke(certificate);
    expect(await states.statusOf(certificate)).toBe('REVOKED');
    await expect(states.revoke(aCertificateId('never issued'))).resolves.toBeUndefined();
  });

  test('is INACTIVE while it is out of use, and ACTIVE again after', async () => {
    const states = createIotCertificateStates(plane.iot);
    const certificate = await aCertificate(true);
    await states.deactivate(certificate);
    await states.deactivate(certificate);
    expect(await states.statusOf(certificate)).toBe('INACTIVE');
    await states.reactivate(certificate);
    await states.reactivate(certificate);
    expect(await states.statusOf(certificate)).toBe('ACTIVE');
  });

  test('stays REVOKED, whoever takes it out of use and puts it back', async () => {
    const states = createIotCertificateStates(plane.iot);
    const certificate = await aCertificate(true);
    await states.revoke(certificate);
    await states.deactivate(certificate);
    await states.reactivate(certificate);
    expect(await states.statusOf(certificate)).toBe('REVOKED');
    await expect(states.reactivate(aCertificateId('never issued'))).resolves.toBeUndefined();
  });
});
