import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { enrollPki } from '../../../approaches/pki/enroll.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { createCertificateAuthority } from '../../fakes/certificate-authority.ts';

const device = { line: aLine(), serialNumber: aSerial() };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const digest = keyDigestOf(publicKey.export({ type: 'spki', format: 'der' }));

const requirementOf = (pinned: string, files: Readonly<Record<string, string>> = {}) =>
  enrollPki.requirementOf({ pinned_key: pinned }, (name) => Promise.resolve(files[name]), device);

describe('the enrollment of a device with a key', () => {
  test('asks for no particular key when none is named', async () => {
    expect(await requirementOf('')).toEqual({});
    expect(await enrollPki.requirementOf({}, () => Promise.resolve(undefined), device)).toEqual({});
  });

  test('pins a key by its digest, in any case', async () => {
    expect(await requirementOf(digest.toUpperCase())).toEqual({ pinnedKey: digest });
  });

  test('pins a key by its public half, given or in a file', async () => {
    expect(await requirementOf(publicPem)).toEqual({ pinnedKey: digest });
    expect(await requirementOf('keys/one.pem', { 'keys/one.pem': publicPem })).toEqual({ pinnedKey: digest });
  });

  test('pins the key of a certificate', async () => {
    const { certificatePem, privateKeyPem } = await (await createCertificateAuthority()).makeIdentity({ subject: 'CN=device' });
    const expected = keyDigestOf(createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }));
    expect(await requirementOf(certificatePem)).toEqual({ pinnedKey: expected });
  });

  test('refuses a private key, and does not repeat it', async () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const refusal = await requirementOf(pem);
    expect(refusal).toMatchObject({ what: 'pinned_key', got: 'a private key, which must never leave its device' });
    expect(JSON.stringify(refusal)).not.toContain('BEGIN');
  });

  test.each(['abc', 'missing.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'])('refuses %j', async (text) => {
    expect(await requirementOf(text)).toMatchObject({ what: 'pinned_key' });
  });
});
