import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { UpdateCertificateAuthorityCommand } from '@aws-sdk/client-acm-pca';
import * as x509 from '@peculiar/x509';
import { createPrivateCaSigning, type Pause } from '../../../aws/private-ca/signing.ts';
import { AuthorityError, type CertificateOrder } from '../../../domain/issuance/issuance-ports.ts';
import { aLine } from '../../builders/identifiers.ts';
import { PrivateCaWorld, startMs, template, dayMs } from '../../conformance/private-ca-world.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';

let world: PrivateCaWorld;
let arn: string;
beforeAll(async () => {
  world = await PrivateCaWorld.start();
  arn = await world.root();
});
afterAll(() => world.stop());

const signingWith = (pause: Pause) =>
  createPrivateCaSigning(
    world.client,
    { arn, signingAlgorithm: 'SHA256WITHECDSA', templateArn: template('BlankEndEntityCertificate_APIPassthrough') },
    pause,
  );

const passing: Pause = (delayMs) => {
  world.clock.advance(delayMs);
  return Promise.resolve();
};

const order = (more: Partial<CertificateOrder> = {}): CertificateOrder => ({
  csrPem: requestPem({ commonName: 'SN-1' }),
  terms: { line: aLine(), validityDays: 30, keyUsage: ['digitalSignature', 'keyAgreement'] },
  requestId: 'request-1',
  ...more,
});

describe('AWS Private CA', () => {
  test('signs for a device: its subject, the days and usages of the terms, for clients alone, and for no authority', async () => {
    const pem = await signingWith(passing).sign(order());
    const certificate = new X509Certificate(pem);
    expect([certificate.subject, certificate.ca, certificate.keyUsage]).toEqual(['CN=SN-1', false, ['1.3.6.1.5.5.7.3.2']]);
    expect(Math.abs(Date.parse(certificate.validTo) - world.clock.now() - 30 * dayMs)).toBeLessThan(60_000);
    expect(Date.parse(certificate.validFrom)).toBeLessThan(startMs + dayMs);
    const usages = new x509.X509Certificate(pem).getExtension(x509.KeyUsagesExtension)?.usages;
    expect(usages).toBe(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyAgreement);
  });

  test('answers the same certificate to the same request, which came twice, and another to another', async () => {
    const csrPem = requestPem({ commonName: 'SN-2' });
    const ids = ['a', 'a', 'b'];
    const pems = [];
    for (const requestId of ids) pems.push(await signingWith(passing).sign(order({ csrPem, requestId })));
    expect([pems[0] === pems[1], pems[1] === pems[2]]).toEqual([true, false]);
  });

  test('that never comes to an end is given up', async () => {
    await expect(signingWith(() => Promise.resolve()).sign(order({ requestId: 'never' }))).rejects.toThrow(/takes too long/);
  });

  test('is not asked any more once the time is up', async () => {
    const controller = new AbortController();
    const aborting: Pause = (_, signal) => {
      controller.abort();
      return signal?.aborted === true ? Promise.reject(new Error('aborted')) : Promise.resolve();
    };
    await expect(signingWith(aborting).sign(order({ requestId: 'late' }), controller.signal)).rejects.not.toBeInstanceOf(AuthorityError);
  });

  test('that is disabled signs nothing, and what it says is told', async () => {
    await world.client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: arn, Status: 'DISABLED' }));
    const refusal = await signingWith(passing)
      .sign(order({ requestId: 'disabled' }))
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AuthorityError);
    expect(String(refusal)).toContain('InvalidStateException');
  });
});
