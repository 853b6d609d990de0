import 'reflect-metadata';

import type { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import {
  revokedAuthority,
  revokedDeviceCertificate,
  revokedIntermediate,
} from '../../../../local/iot/defender/checks/revocation-checks.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { makeAuthority, type TestAuthority } from '../own-ca/test-authority.ts';
import { auditFacts } from './audit-facts.ts';

const url = 'http://lists.s3.eu-central-1.amazonaws.com/crl/one.crl';

const naming = (address: string): x509.Extension => new x509.CRLDistributionPointsExtension([address]);

const listOf = async (authority: TestAuthority, ...certificates: readonly string[]): Promise<Buffer> => {
  const list = await x509.X509CrlGenerator.create({
    issuer: new x509.X509Certificate(authority.cert).subject,
    ...{ thisUpdate: new Date(testStartMs), nextUpdate: new Date(testStartMs + 86_400_000), signingKey: authority.keys.privateKey },
    signingAlgorithm: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as webcrypto.EcKeyAlgorithm & webcrypto.EcdsaParams,
    entries: certificates.map((pem) => ({
      serialNumber: new x509.X509Certificate(pem).serialNumber,
      revocationDate: new Date(testStartMs),
    })),
  });
  return Buffer.from(list.rawData);
};

const plane = () => createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });

describe('The checks of revocation', () => {
  test('find a device certificate that is on the list which it names', async () => {
    const account = plane();
    const authority = await makeAuthority();
    const [revoked, other, listless] = await Promise.all([
      authority.issue({ extensions: [naming(url)] }),
      authority.issue({ extensions: [naming(url)] }),
      authority.issue(),
    ]);
    for (const { cert: certificatePem } of [revoked, other, listless])
      await account.client.call('RegisterCertificateWithoutCA', { certificatePem, status: 'ACTIVE' });
    const list = await listOf(authority, revoked.cert, listless.cert);
    const facts = auditFacts(account, { revocationList: (asked) => (asked === url ? list : undefined) });
    const { total, found } = revokedDeviceCertificate(facts);
    expect(total).toBe(3);
    expect(found).toMatchObject([
      { reasonCode: 'CERTIFICATE_REVOKED_BY_ISSUER', resource: { resourceIdentifier: { deviceCertificateId: revoked.id } } },
    ]);
    expect(revokedDeviceCertificate(auditFacts(account)).found).toEqual([]);
  });

  test('find an authority that is, and the certificates that it has active', async () => {
    const account = plane();
    const authority = await makeAuthority({
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true), naming(url)],
    });
    const device = await authority.issue();
    await account.client.call('RegisterCACertificate', { caCertificate: authority.cert, certificateMode: 'SNI_ONLY', setAsActive: true });
    const list = await listOf(authority, authority.cert);
    const facts = auditFacts(account, { revocationList: () => list });
    expect(revokedAuthority(facts).found).toMatchObject([{ resource: { resourceIdentifier: { caCertificateId: authority.id } } }]);
    expect(revokedIntermediate(facts)).toEqual({ total: 0, found: [] });
    const registration = { caCertificatePem: authority.cert, certificatePem: device.cert, status: 'ACTIVE' };
    await account.client.call('RegisterCertificate', registration);
    expect(revokedIntermediate(facts)).toMatchObject({ total: 1, found: [{ resource: { resourceType: 'ISSUER_CERTIFICATE' } }] });
  });
});
