import { type KeyObject, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { verify } from '../../../approaches/pki/verify.ts';
import { certificateFor, digestOf } from '../../builders/device-certificate.ts';
import { aCertificatePresentation } from '../../builders/certificate-presentation.ts';
import { aKey } from '../../builders/identifiers.ts';

const ec = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).publicKey;
const rsa = (modulusLength: number): KeyObject => generateKeyPairSync('rsa', { modulusLength }).publicKey;

// Some curve by its equation instead of its name, as RFC 5480 §2.1.1 forbids.
const explicitP256 = (): KeyObject =>
  createPublicKey(
    generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey.export({ type: 'spki', format: 'pem' }),
  );

const judge = async (key: KeyObject, requirement = {}) => verify(aCertificatePresentation(await certificateFor(key)), requirement);

describe('The key of a certificate is accepted', () => {
  test.each([
    ['P-256', ec('P-256')],
    ['P-384', ec('P-384')],
    ['RSA of 2048 bits', rsa(2048)],
    ['RSA of 3072 bits', rsa(3072)],
  ])('when it is %s, and named by the digest of its SPKI', async (_, key) => {
    expect(await judge(key)).toEqual({ accepted: true, key: digestOf(key), attestation: 'serial-only' });
  });
});

describe('The end of a certificate is noted', () => {
  const accepted = async (notAfter: string) => verify(aCertificatePresentation(await certificateFor(ec('P-256'), new Date(notAfter))), {});

  test('where an authority of one’s own set it', async () => {
    expect(await accepted('2027-05-01')).toMatchObject({ accepted: true, expiresAt: Date.UTC(2027, 4, 1) });
    expect(await accepted('2048-12-31T23:59:59Z')).toMatchObject({ expiresAt: Date.UTC(2048, 11, 31, 23, 59, 59) });
  });

  test('not where it is AWS IoT’s, which is beyond the life of a device', async () => {
    for (const end of ['2049-01-01', '2049-12-31T23:59:59Z', '9999-12-31T23:59:59Z'])
      expect(await accepted(end)).not.toHaveProperty('expiresAt');
  });
});

describe('The key of a certificate is unacceptable', () => {
  test.each([
    ['P-521', ec('P-521')],
    ['P-224', ec('P-224')],
    ['secp256k1', ec('secp256k1')],
    ['RSA of 1024 bits', rsa(1024)],
    ['RSA of 2047 bits', rsa(2047)],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey],
    ['Ed25519', generateKeyPairSync('ed25519').publicKey],
  ])('when it is %s', async (_, key) => {
    expect(await judge(key)).toEqual({ accepted: false, reason: 'unacceptable-key' });
  });

  test.each(['', 'garbage', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'when the certificate is %j',
    (certificatePem) => {
      expect(verify(aCertificatePresentation(certificatePem), {})).toEqual({ accepted: false, reason: 'unacceptable-key' });
    },
  );
});

describe('A pinned key', () => {
  test('lets in the device that holds it', async () => {
    const key = ec('P-256');
    expect(await judge(key, { pinnedKey: digestOf(key) })).toMatchObject({ accepted: true });
  });

  test('keeps out every other, however good its key', async () => {
    expect(await judge(ec('P-256'), { pinnedKey: aKey('pinned') })).toEqual({ accepted: false, reason: 'not-the-pinned-key' });
  });

  test('is not matched by the same curve written out by its equation', async () => {
    const key = explicitP256();
    expect(await judge(key, { pinnedKey: aKey('pinned') })).toMatchObject({ accepted: false });
  });

  test.each(['', 'ABC', aKey('pinned').toUpperCase()])('that is recorded as %j keeps everybody out', async (pinnedKey) => {
    expect(await judge(ec('P-256'), { pinnedKey })).toEqual({ accepted: false, reason: 'evidence-refused' });
  });
});

test('A device may say with an empty object that it has nothing to say', async () => {
  const certificatePem = await certificateFor(ec('P-256'));
  expect(verify(aCertificatePresentation(certificatePem, { evidence: '{}' }), {})).toMatchObject({ accepted: true });
});
