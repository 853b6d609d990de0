import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { enrollPki } from '../../../approaches/pki/enroll.ts';
import { isMistake } from '../../../domain/enroller.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { anIDevId, aVendorCa, aVendorIssuer } from '../../builders/vendor.ts';

const device = { line: aLine(), serialNumber: aSerial('SN-1') };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const digest = keyDigestOf(publicKey.export({ type: 'spki', format: 'der' }));
const secret = Buffer.alloc(32, 7);

type Fields = Readonly<Record<string, string>>;

const requirementOf = (fields: Fields, files: Fields = {}) =>
  enrollPki.requirementOf(fields, (name) => Promise.resolve(files[name]), device);

describe('the enrollment of a device with a key', () => {
  test('asks for no particular key when none is named', async () => {
    expect(await requirementOf({ pinned_key: ' ' })).toEqual({});
    expect(await requirementOf({})).toEqual({});
  });

  test('pins a key by its digest, in any case', async () => {
    expect(await requirementOf({ pinned_key: digest.toUpperCase() })).toEqual({ pinnedKey: digest });
  });

  test('pins a key by its public half, given or in a file', async () => {
    expect(await requirementOf({ pinned_key: publicPem })).toEqual({ pinnedKey: digest });
    expect(await requirementOf({ pinned_key: 'keys/one.pem' }, { 'keys/one.pem': publicPem })).toEqual({ pinnedKey: digest });
  });

  test('pins the key of a certificate', async () => {
    const { pem, keyPem } = await aVendorCa();
    const expected = keyDigestOf(createPublicKey(keyPem).export({ type: 'spki', format: 'der' }));
    expect(await requirementOf({ pinned_key: pem })).toEqual({ pinnedKey: expected });
  });

  test('records the key that a code stands for, however it was typed, and not the code', async () => {
    const [one, other] = await Promise.all([
      requirementOf({ enrollment_code: 'abcd-efgh' }),
      requirementOf({ enrollment_code: 'ABCD EFGH' }),
    ]);
    expect(one).toEqual(other);
    expect(JSON.stringify(one)).not.toMatch(/abcd.?efgh/i);
  });

  test('records a secret in one form, however it was given', async () => {
    const expected = { deviceSecret: secret.toString('base64url') };
    for (const text of [secret.toString('hex'), secret.toString('base64'), secret.toString('base64url')]) {
      expect(await requirementOf({ device_secret: text })).toEqual(expected);
    }
  });

  test('trusts a vendor by the key and the name of its CA', async () => {
    const ca = await aVendorCa();
    const spki = createPublicKey(ca.keyPem).export({ type: 'spki', format: 'der' }).toString('base64');
    const expected = { vendorCaKey: spki, vendorCaName: 'CN=Vendor Root\nO=Maker' };
    expect(await requirementOf({ vendor_ca: ca.pem })).toEqual(expected);
    expect(await requirementOf({ vendor_ca: 'ca.pem' }, { 'ca.pem': ca.pem })).toEqual(expected);
  });

  test('may want one certificate of the vendor and no other', async () => {
    const ca = await aVendorCa();
    const leaf = await anIDevId(await aVendorIssuer(ca), 'SN-1');
    const named = await requirementOf({ vendor_ca: ca.pem, vendor_certificate: leaf.pem });
    if (isMistake(named)) throw new Error(named.got);
    expect(named['vendorCertificate']).toMatch(/^[0-9a-f]{64}$/);
    const fingerprint = named['vendorCertificate'] ?? '';
    expect(await requirementOf({ vendor_ca: ca.pem, vendor_certificate: fingerprint.toUpperCase() })).toEqual(named);
  });
});

const ca = await aVendorCa();
const other = await anIDevId(ca, 'SN-2');
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('a mistake in an enrollment', () => {
  test.each<[string, string, Fields, RegExp]>([
    ['a key that is no digest', 'pinned_key', { pinned_key: 'abc' }, /text of 3 characters/],
    ['a file that is not there', 'pinned_key', { pinned_key: 'missing.pem' }, /"missing.pem"/],
    [
      'a key that is none',
      'pinned_key',
      { pinned_key: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' },
      /neither a public key/,
    ],
    ['a key that nobody is let in with', 'pinned_key', { pinned_key: p521 }, /no device is let in with/],
    ['a private key to pin', 'pinned_key', { pinned_key: privatePem }, /must never leave its device/],
    ['a short code', 'enrollment_code', { enrollment_code: 'hunter2' }, /text of 7 characters/],
    ['a code in other letters', 'enrollment_code', { enrollment_code: 'ßßßßßßßß' }, /text of 8 characters/],
    ['a short secret', 'device_secret', { device_secret: 'c0ffee' }, /text of 6 characters/],
    ['a private key for a CA', 'vendor_ca', { vendor_ca: privatePem }, /must never leave its device/],
    ['a secret for a CA', 'vendor_ca', { vendor_ca: secret.toString('base64') }, /text of 44 characters/],
    ['a device for a CA', 'vendor_ca', { vendor_ca: other.pem }, /the certificate of no CA/],
    ['two CAs', 'vendor_ca', { vendor_ca: ca.pem + ca.pem }, /does not hold one certificate/],
    ["another device's certificate", 'vendor_certificate', { vendor_ca: ca.pem, vendor_certificate: other.pem }, /another device's/],
    [
      'a certificate that is none',
      'vendor_certificate',
      { vendor_ca: ca.pem, vendor_certificate: publicPem },
      /does not hold one certificate/,
    ],
    ['a certificate without its CA', 'vendor_certificate', { vendor_certificate: other.pem }, /without the CA/],
    ['two things to prove', 'device_secret and pinned_key', { pinned_key: digest, device_secret: secret.toString('hex') }, /2 things/],
  ])('is named, with what would do: %s', async (_, what, fields, got) => {
    const mistake = await requirementOf(fields);
    expect(mistake).toMatchObject({ what, got: expect.stringMatching(got) as unknown });
    expect(isMistake(mistake) && mistake.allowed !== '' && mistake.fix !== '').toBe(true);
  });

  test('never repeats a secret', async () => {
    for (const [column, text] of [
      ['enrollment_code', 'hunter2'],
      ['device_secret', 'c0ffee'],
      ['pinned_key', privatePem],
      ['pinned_key', `${secret.toString('base64')}x`],
      ['vendor_ca', secret.toString('hex')],
    ] as const) {
      const mistake = await requirementOf({ [column]: text });
      expect(isMistake(mistake)).toBe(true);
      expect(JSON.stringify(mistake)).not.toContain(text.slice(0, 7));
    }
  });
});

describe('what may be shown of an enrollment', () => {
  const shown = async (fields: Fields) => {
    const requirement = await requirementOf(fields);
    return isMistake(requirement) ? undefined : enrollPki.describe(requirement);
  };

  test('is the kind of proof, and digests', async () => {
    expect(await shown({})).toEqual({ attestation: 'serial-only', details: {} });
    expect(await shown({ enrollment_code: 'ABCDEFGH' })).toEqual({ attestation: 'enrollment-code', details: {} });
    expect(await shown({ device_secret: secret.toString('hex') })).toEqual({ attestation: 'device-secret', details: {} });
    expect(await shown({ pinned_key: digest })).toEqual({ attestation: 'pinned-key', details: { pinnedKey: digest }, keys: [digest] });
    const spki = createPublicKey(ca.keyPem).export({ type: 'spki', format: 'der' });
    expect(await shown({ vendor_ca: ca.pem })).toEqual({
      attestation: 'vendor-certificate',
      details: { vendorCa: 'CN=Vendor Root, O=Maker', vendorCaKey: keyDigestOf(spki) },
    });
  });

  test('says who used a code', () => {
    const used = { codeKey: secret.toString('base64url'), codeUsedBy: digest };
    expect(enrollPki.describe(used)).toEqual({ attestation: 'enrollment-code', details: { codeUsedBy: digest } });
  });

  test('is nothing, where PKI does not know what is asked', () => {
    expect(enrollPki.describe({ phaseOfTheMoon: 'full' })).toBeUndefined();
  });
});
