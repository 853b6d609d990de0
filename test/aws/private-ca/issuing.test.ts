import { X509Certificate } from 'node:crypto';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { createPrivateCaIssuing } from '../../../aws/private-ca/issuing.ts';
import { AuthorityError } from '../../../domain/issuance/issuance-ports.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { recordedSigning, signedFor } from '../../fakes/certificate-signing.ts';
import { notedCertificates } from '../../fakes/in-memory-issued-certificates.ts';
import { type TestControlPlane, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const terms = [{ line: aLine(), validityDays: 30, keyUsage: ['digitalSignature'] as const }];
const csrPem = requestPem({ commonName: 'SN-1' });
const { thingName } = anEnrollment();

const start = () => {
  const { orders, signing } = recordedSigning();
  const issued = notedCertificates();
  return { orders, noted: issued.noted, issuing: createPrivateCaIssuing({ signing, terms, client: plane.iot, issued, now: () => NOON }) };
};

describe('A certificate for a device that is known', () => {
  test('is signed by the own authority by the terms of its line, and registered inactive without that', async () => {
    const { orders, noted, issuing } = start();
    const { certificateId, certificatePem } = await issuing.issue({ csrPem, line: aLine(), thingName, requestId: 'request-1' });
    expect(noted).toEqual([{ certificateId, certificatePem, thingName, issuedAt: NOON }]);
    expect(orders).toEqual([{ csrPem, terms: terms[0], requestId: 'request-1' }]);
    expect(new X509Certificate(certificatePem).subject).toBe('CN=SN-1');
    const { certificateDescription } = await plane.iot.send(new DescribeCertificateCommand({ certificateId }));
    expect(certificateDescription).toMatchObject({ status: 'INACTIVE', certificateMode: 'SNI_ONLY', certificatePem });
  });

  test('is the same where the authority answers the same once more', async () => {
    const pem = signedFor(csrPem);
    const { signing } = recordedSigning(() => Promise.resolve(pem));
    const issuing = createPrivateCaIssuing({ signing, terms, client: plane.iot, issued: notedCertificates(), now: () => NOON });
    const request = { csrPem, line: aLine(), thingName, requestId: 'request-2' };
    expect(await issuing.issue(request)).toEqual(await issuing.issue(request));
  });

  test('is none for a line that the authority has no terms for', async () => {
    const { issuing } = start();
    await expect(issuing.issue({ csrPem, line: aLine('meter'), thingName, requestId: 'r' })).rejects.toBeInstanceOf(AuthorityError);
  });
});
