import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import type { AwsError } from '../../../../local/aws-error.ts';
import { createCertificateAuthority } from '../../../../local/iot/certificate-authority/certificate-authority.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testStartMs } from '../../service-endpoint.ts';
import { ecKeys, pem, requestDer, requestPem, rsaKeys, sha256 } from '../certificate-requests.ts';

const clock = new ManualClock(testStartMs);
const authority = createCertificateAuthority({ clock, randomness: randomBytes });

const refusalOf = (act: () => unknown): Partial<AwsError> => {
  try {
    act();
  } catch (error) {
    return error as AwsError;
  }
  throw new Error('It was not refused.');
};

const expectRefused = (csr: string, reason: RegExp): void => {
  expect(refusalOf(() => authority.issueForRequest(csr))).toMatchObject({
    code: 'InvalidRequestException',
    status: 400,
    message: expect.stringMatching(reason) as string,
  });
};

describe('a certificate that AWS IoT signs', () => {
  const keys = ecKeys();
  const issued = authority.issueForRequest(requestPem({ keys, commonName: 'lamp-7' }));
  const certificate = new X509Certificate(issued.certificatePem);

  test('keeps the subject and the key of the request', () => {
    expect(certificate.subject).toBe('CN=lamp-7');
    expect(certificate.publicKey.equals(keys.publicKey)).toBe(true);
  });

  test('names AWS as its issuer, in a single attribute', () => {
    expect(certificate.issuer).toBe(String.raw`OU=Amazon Web Services O=Amazon.com Inc. L=Seattle ST=Washington C=US`);
  });

  test('is valid from a few minutes ago to the end of 2049', () => {
    expect(certificate.validFromDate.getTime()).toBe(testStartMs - 120_000);
    expect(certificate.validToDate.toISOString()).toBe('2049-12-31T23:59:59.000Z');
  });

  test('has the SHA-256 of its DER as its id', () => {
    expect(issued.certificateId).toBe(sha256(certificate.raw));
    expect(issued.certificateId).toMatch(/^[0-9a-f]{64}$/);
  });

  test('may sign data and nothing else', () => {
    expect(certificate.ca).toBe(false);
    expect(certificate.toLegacyObject().ext_key_usage).toBeUndefined();
    // KeyUsage, critical, digitalSignature only (RFC 5280 §4.2.1.3).
    expect(certificate.raw.includes(Buffer.from('0603551d0f0101ff040403020780', 'hex'))).toBe(true);
  });

  test('is another one each time for the same request', () => {
    const csr = requestPem();
    expect(authority.issueForRequest(csr).certificateId).not.toBe(authority.issueForRequest(csr).certificateId);
  });

  test('is no certificate authority, though the request asks for CA:TRUE', () => {
    const { certificatePem } = authority.issueForRequest(requestPem({ asksForAuthority: true }));
    expect(new X509Certificate(certificatePem).ca).toBe(false);
  });
});

describe('a request is accepted', () => {
  test.each(['P-256', 'P-384', 'P-521'])('with a key on %s', (curve) => {
    expect(new X509Certificate(authority.issueForRequest(requestPem({ keys: ecKeys(curve) })).certificatePem).subject).toBe('CN=device-1');
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('signed with RSA 2048 and %s', (hash) => {
    expect(authority.issueForRequest(requestPem({ keys: rsaKeys(), hash })).certificateId).toHaveLength(64);
  });

  test('signed with RSASSA-PSS', () => {
    expect(authority.issueForRequest(requestPem({ keys: rsaKeys(), usesPss: true })).certificateId).toHaveLength(64);
    expectRefused(requestPem({ keys: rsaKeys(), signer: rsaKeys().privateKey, usesPss: true }), /signature that is not its signer/);
  });

  test('labelled NEW CERTIFICATE REQUEST, with carriage returns', () => {
    const csr = pem('NEW CERTIFICATE REQUEST', requestDer()).replaceAll('\n', '\r\n');
    expect(authority.issueForRequest(csr).certificateId).toHaveLength(64);
  });

  test('with a long subject in characters beyond ASCII', () => {
    const { certificatePem } = authority.issueForRequest(requestPem({ commonName: `Gerät ${'x'.repeat(300)}` }));
    expect(new X509Certificate(certificatePem).subject).toContain('Ger');
  });
});

// openssl req with string_mask=MASK:0x0800 (BMPString), a challenge password and a requested extension.
const requestOfOpenssl = `-----BEGIN CERTIFICATE REQUEST-----
MIIBSzCB8gIBADBDMR0wGwYDVQQKHhQARwBlAHIA5AB0AGUAdwBlAHIAazELMAkG
A1UECx4CAMQxFTATBgNVBAMeDABsAGEAbQBwAC0ANzBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABFoZQI9X9X52noSQhy0TmA+Y0mR78U8EcY3Yrc2VxvXGGa2Y+EYO
ezeliMGt/XaTmTy74TXF7vvQhtZZusyLNHOgTTAfBgkqhkiG9w0BCQcxEh4QAHMA
ZQBjAHIAZQB0ADEAMjAqBgkqhkiG9w0BCQ4xHTAbMBkGA1UdEQQSMBCCDmxhbXAt
Ny5leGFtcGxlMAoGCCqGSM49BAMCA0gAMEUCICv5C5M3ZQ+aJF7O2lyaQZ/WE8JP
fHVar52ouEiVmlk0AiEAx2U90+/fNIASpRQ+RpNrfwhGENjWN0SZCfoK7TjvJl0=
-----END CERTIFICATE REQUEST-----
`;

test('a request that OpenSSL made, of several names and attributes, keeps its subject as it was written', () => {
  const certificate = new X509Certificate(authority.issueForRequest(requestOfOpenssl).certificatePem);
  expect(certificate.subject).toBe('O=Gerätewerk\nOU=Ä\nCN=lamp-7');
  const subject = Buffer.from(requestOfOpenssl.split('\n').slice(1, -2).join(''), 'base64').subarray(10, 79);
  expect(certificate.raw.includes(subject)).toBe(true);
});

describe('a request is refused', () => {
  test('when its subject is text that no TLS library reads', () => {
    const visibleString = Buffer.from('1a024142', 'hex');
    expectRefused(requestPem({ commonNameDer: visibleString }), /subject is no distinguished name that can be read/);
  });

  test('when its subject is encoded otherwise than in DER', () => {
    const invalidUtf8 = Buffer.from('0c01e9', 'hex');
    expectRefused(requestPem({ commonNameDer: invalidUtf8 }), /not encoded in DER/);
  });

  test('when it is garbage', () => {
    expectRefused('garbage', /no PEM block/);
    expectRefused(pem('CERTIFICATE REQUEST', randomBytes(200)), /not acceptable/);
    expectRefused(pem('CERTIFICATE REQUEST', Buffer.alloc(0)), /not acceptable|no PEM/);
  });

  test('when it is something else in PEM', () => {
    expectRefused(pem('CERTIFICATE', requestDer()), /no PEM block/);
    expectRefused(requestPem() + requestPem(), /no PEM block/);
  });

  test('when it is cut short or followed by more', () => {
    const der = requestDer();
    for (let length = 1; length < der.length; length += 7) {
      expectRefused(pem('CERTIFICATE REQUEST', der.subarray(0, length)), /not acceptable/);
    }
    expectRefused(pem('CERTIFICATE REQUEST', Buffer.concat([der, Buffer.from([0])])), /bytes follow/);
  });

  test('when any of its bits was changed', () => {
    const der = requestDer();
    for (let index = 4; index < der.length; index += 3) {
      const changed = Buffer.from(der);
      changed[index] = (changed[index] ?? 0) ^ 0x01;
      expectRefused(pem('CERTIFICATE REQUEST', changed), /not acceptable/);
    }
  });

  test('when another key signed it', () => {
    expectRefused(requestPem({ signer: ecKeys().privateKey }), /signature that is not its signer/);
    expectRefused(requestPem({ signer: rsaKeys().privateKey }), /signature/);
  });

  test('with an RSA key of 1024 bits', () => {
    expectRefused(requestPem({ keys: rsaKeys(1024) }), /RSA key of 1024 bits; at least 2048/);
  });

  test('with a key on P-224 or another unknown curve', () => {
    expectRefused(requestPem({ keys: ecKeys('secp224r1') }), /secp224r1; P-256, P-384 or P-521/);
    expectRefused(requestPem({ keys: ecKeys('secp256k1') }), /secp256k1/);
  });

  test('when it is signed with SHA-1', () => {
    expectRefused(requestPem({ hash: 'sha1' }), /none of SHA-256, SHA-384 or SHA-512/);
    expectRefused(requestPem({ keys: rsaKeys(), hash: 'sha1' }), /none of SHA-256/);
  });

  test('with an Ed25519 key', () => {
    expectRefused(requestPem({ keys: generateKeyPairSync('ed25519') }), /type ed25519; RSA or EC/);
  });

  test('when its PEM is longer than 4096 characters', () => {
    expectRefused(requestPem({ commonName: 'x'.repeat(4000) }), /at most 4096/);
  });
});
