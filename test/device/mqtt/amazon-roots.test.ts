import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { amazonRoots } from '../../../device/mqtt/amazon-roots.data.ts';

describe('the roots that a device ships with', () => {
  test('are those that sign the endpoints of AWS IoT, RSA and elliptic curve', () => {
    expect(amazonRoots.map(({ name }) => name)).toEqual(['Amazon Root CA 1', 'Amazon Root CA 3']);
  });

  test.each(amazonRoots)('F4: $name is the certificate of that fingerprint, as everyone else has it', ({ name, sha256, pem }) => {
    const certificate = new X509Certificate(pem);
    expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(sha256);
    expect(certificate.subject).toBe(`C=US\nO=Amazon\nCN=${name}`);
    expect(certificate.ca && certificate.verify(certificate.publicKey)).toBe(true);
    expect(rootCertificates.map((other) => new X509Certificate(other).fingerprint256)).toContain(certificate.fingerprint256);
  });
});
