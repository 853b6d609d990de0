import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { createPrivateKey, sign } from 'node:crypto';
import { Extension, type JsonNameParams, KeyUsageFlags } from '@peculiar/x509';
import { bindingOf } from '../../../../approaches/pki/evidence/binding.ts';
import { provePki } from '../../../../approaches/pki/prove.ts';
import { verify } from '../../../../approaches/pki/verify.ts';
import type { CertificatePresentation } from '../../../../domain/admission/certificate-presentation.ts';
import type { Requirement } from '../../../../domain/enroller.ts';
import type { ProofMeans } from '../../../../domain/prover.ts';
import { aDeviceIdentity } from '../../../builders/device-identity.ts';
import { aSerial } from '../../../builders/identifiers.ts';
import { type CertificateWishes, anIDevId, aVendorCa, aVendorIssuer, type Issued } from '../../../builders/vendor.ts';
import { enrolled, presentationOf, vendorMeans } from '../kinds-of-devices.ts';

const SERIAL = 'SN-1';
const root = await aVendorCa();
const issuer = await aVendorIssuer(root);
const privateKeyPem = await provePki.makeKey('ec-p256');
const anyOfTheVendor = await enrolled({ vendor_ca: root.pem }, aSerial());

const presented = (means: ProofMeans): Promise<CertificatePresentation> => presentationOf(aDeviceIdentity({ privateKeyPem, means }));

const judge = async (chain: readonly [Issued, ...Issued[]], requirement: Requirement = anyOfTheVendor, at?: number) => {
  const presentation = await presented(vendorMeans(...chain));
  return verify(at === undefined ? presentation : { ...presentation, at }, requirement);
};

const accepted = { accepted: true, attestation: 'vendor-certificate' };
const refused = { accepted: false, reason: 'evidence-refused' };
const leafWith = (wishes: CertificateWishes) => anIDevId(root, SERIAL, wishes);

describe('A device with a certificate from its vendor is let in', () => {
  test.each(['P-256', 'P-384', 'RSA'] as const)('by a key of the kind %s, for ever', async (key) => {
    const leaf = await leafWith({ key });
    expect(await judge([leaf])).toMatchObject(accepted);
    expect(await judge([leaf], anyOfTheVendor, Date.UTC(9999, 0, 1))).toMatchObject(accepted);
  });

  test('by an RSA key that signs as PKCS #1 does', async () => {
    const leaf = await leafWith({ key: 'RSA' });
    const presentation = await presented(vendorMeans(leaf));
    const verification = verify(presentation, anyOfTheVendor);
    if (!verification.accepted) throw new Error(verification.reason);
    const bytes = bindingOf('vendor-certificate', { ...presentation, key: verification.key });
    const signature = sign('sha256', bytes, createPrivateKey(leaf.keyPem)).toString('base64url');
    const evidence = JSON.stringify({ ...(JSON.parse(presentation.evidence ?? '') as object), algorithm: 'RS256', signature });
    expect(verify({ ...presentation, evidence }, anyOfTheVendor)).toMatchObject(accepted);
  });

  test('over one issuer and over two, and with the CA itself in its file', async () => {
    const below = await aVendorIssuer(issuer, { name: [{ CN: ['Line 4'] }] });
    expect(await judge([await anIDevId(issuer, SERIAL), issuer])).toMatchObject(accepted);
    expect(await judge([await anIDevId(below, SERIAL), below, issuer, root])).toMatchObject(accepted);
  });

  test('under the common name, where the subject has no serial number', async () => {
    expect(await judge([await leafWith({ name: [{ CN: [SERIAL] }] })])).toMatchObject(accepted);
  });

  test('with the certificate that its enrollment names', async () => {
    const leaf = await leafWith({});
    expect(await judge([leaf], await enrolled({ vendor_ca: root.pem, vendor_certificate: leaf.pem }, aSerial()))).toMatchObject(accepted);
  });
});

describe("A vendor's word is refused", () => {
  test('about another serial number, whatever the common name says', async () => {
    expect(await judge([await anIDevId(root, 'SN-2', { name: [{ CN: [SERIAL] }, { '2.5.4.5': ['SN-2'] }] })])).toEqual(refused);
    expect(await judge([await leafWith({ name: [{ CN: ['SN-2'] }] })])).toEqual(refused);
  });

  test.each<[string, JsonNameParams]>([
    ['twice', [{ '2.5.4.5': [SERIAL] }, { '2.5.4.5': ['SN-2'] }]],
    ['in other letters', [{ '2.5.4.5': ['sn-1'] }]],
    ['with a space after it', [{ '2.5.4.5': [`${SERIAL} `] }]],
    ['with a zero after it', [{ '2.5.4.5': [{ utf8String: `${SERIAL}\0` }] }]],
    ['in wide letters', [{ '2.5.4.5': [{ utf8String: 'ＳＮ-1' }] }]],
    ['in two bytes a letter', [{ '2.5.4.5': [{ bmpString: SERIAL }] }]],
    ['nowhere', [{ O: [SERIAL] }]],
  ])('when it gives the serial number %s', async (_, name) => {
    expect(await judge([await leafWith({ name })])).toEqual(refused);
  });

  test('before the certificate begins and after it ends', async () => {
    const leaf = await leafWith({ notBefore: new Date('2026-01-01'), notAfter: new Date('2027-01-01') });
    const at = (text: string) => judge([leaf], anyOfTheVendor, Date.parse(text));
    expect(await at('2025-12-31T23:59:59Z')).toEqual(refused);
    expect(await at('2026-01-01T00:00:00Z')).toMatchObject(accepted);
    expect(await at('2027-01-01T00:00:00Z')).toMatchObject(accepted);
    expect(await at('2027-01-01T00:00:01Z')).toEqual(refused);
  });

  test('when an issuer of it has expired', async () => {
    const expired = await aVendorIssuer(root, { notAfter: new Date('2025-01-01') });
    expect(await judge([await anIDevId(expired, SERIAL), expired])).toEqual(refused);
  });

  test('when it is that of another CA, even one of the same name', async () => {
    const other = await aVendorCa();
    expect(await judge([await anIDevId(other, SERIAL)])).toEqual(refused);
    const otherIssuer = await aVendorIssuer(other);
    expect(await judge([await anIDevId(otherIssuer, SERIAL), otherIssuer])).toEqual(refused);
    const sameKey = { ...root, name: [{ CN: ['Another Root'] }] };
    expect(await judge([await anIDevId(sameKey, SERIAL)])).toEqual(refused);
  });

  test('when a device issued it to another', async () => {
    const device = await anIDevId(root, 'SN-7');
    expect(await judge([await anIDevId(device, SERIAL), device])).toEqual(refused);
  });

  test.each([
    ['may sign no certificates', { usage: KeyUsageFlags.digitalSignature }],
    ['is a CA of P-521', { key: 'P-521' }],
    ['was signed with SHA-1', { hash: 'SHA-1' }],
  ] as const)('when its issuer %s', async (_, wishes) => {
    const bad = await aVendorIssuer(root, wishes);
    expect(await judge([await anIDevId(bad, SERIAL), bad])).toEqual(refused);
  });

  test('when an issuer may have no other below it, and has', async () => {
    const last = await aVendorIssuer(root, { ca: { over: 0 } });
    const below = await aVendorIssuer(last, { name: [{ CN: ['Below'] }] });
    expect(await judge([await anIDevId(last, SERIAL), last])).toMatchObject(accepted);
    expect(await judge([await anIDevId(below, SERIAL), below, last])).toEqual(refused);
  });

  test('when it was signed with SHA-1', async () => {
    expect(await judge([await leafWith({ hash: 'SHA-1' })])).toEqual(refused);
  });

  test('when it is a CA itself, or its key may not sign', async () => {
    expect(await judge([await leafWith({ ca: {}, usage: KeyUsageFlags.keyCertSign })])).toEqual(refused);
    expect(await judge([await leafWith({ usage: KeyUsageFlags.keyEncipherment })])).toEqual(refused);
  });

  test('when it holds something critical that nobody here understands', async () => {
    const unknown = new Extension('1.3.6.1.4.1.99999.1', true, new Uint8Array([0x05, 0x00]));
    expect(await judge([await leafWith({ extensions: [unknown] })])).toEqual(refused);
    const nameConstraints = new Extension('2.5.29.30', true, new Uint8Array([0x30, 0x00]));
    const narrow = await aVendorIssuer(root, { extensions: [nameConstraints] });
    expect(await judge([await anIDevId(narrow, SERIAL), narrow])).toEqual(refused);
  });

  test('when it is not the certificate that its enrollment names', async () => {
    const [leaf, other] = [await leafWith({}), await leafWith({})];
    expect(await judge([leaf], await enrolled({ vendor_ca: root.pem, vendor_certificate: other.pem }, aSerial()))).toEqual(refused);
  });

  test('when it is signed by the key of another certificate', async () => {
    const [leaf, other] = [await leafWith({}), await leafWith({})];
    const [mine, theirs] = [await presented(vendorMeans(leaf)), await presented(vendorMeans(other))];
    const read = ({ evidence = '' }: CertificatePresentation) => JSON.parse(evidence) as Readonly<Record<string, unknown>>;
    const evidence = JSON.stringify({ ...read(mine), chain: read(theirs)['chain'] });
    expect(verify({ ...mine, evidence }, anyOfTheVendor)).toEqual(refused);
  });

  test('without a fault, whatever byte of a certificate is changed', async () => {
    const presentation = await presented(vendorMeans(await anIDevId(issuer, SERIAL), issuer));
    const evidence = JSON.parse(presentation.evidence ?? '') as { chain: readonly [string, string] };
    const [leaf, above] = evidence.chain;
    const bytes = Buffer.from(leaf, 'base64');
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 0x41;
      const text = JSON.stringify({ ...evidence, chain: [changed.toString('base64'), above] });
      expect(verify({ ...presentation, evidence: text }, anyOfTheVendor)).toEqual(refused);
    }
  });
});
