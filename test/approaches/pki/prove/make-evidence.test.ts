import { makeEvidence } from '../../../../approaches/pki/prove/make-evidence.ts';
import { UnusableMeansError, type ProofMeans } from '../../../../domain/prover.ts';
import { aCertificateId, aKey, aLine, aSerial } from '../../../builders/identifiers.ts';
import { anIDevId, aStrangersKey, aVendorCa } from '../../../builders/vendor.ts';

const occasion = { line: aLine('sensor'), serialNumber: aSerial('SN-1'), key: aKey('k'), claimCertificateId: aCertificateId('c') };
const root = await aVendorCa();
const leaf = await anIDevId(root, 'SN-1');

describe('The evidence of a device', () => {
  test('of a secret is this MAC, now and for every device that was ever made', async () => {
    const secret = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
    expect(JSON.parse(await makeEvidence({ kind: 'device-secret', secret }, occasion))).toEqual({
      kind: 'device-secret',
      mac: 'HAxfcOrb_P_Ut4DDK1yaePes2EGtqQLfsyW2F71MN88',
    });
  });

  test('of a code is this MAC, however the code is typed', async () => {
    for (const code of ['ABCD-EFGH', 'abcd efgh']) {
      expect(JSON.parse(await makeEvidence({ kind: 'enrollment-code', code }, occasion))).toEqual({
        kind: 'enrollment-code',
        mac: 'XstTyKeoVNCywoWh_-Qn-E8roC0eGcN45R2E_Nu36hU',
      });
    }
  });

  test('of a vendor certificate leaves the CA at home', async () => {
    const means = { kind: 'vendor-certificate', certificatesPem: leaf.pem + root.pem, privateKeyPem: leaf.keyPem } as const;
    expect(JSON.parse(await makeEvidence(means, occasion))).toMatchObject({ chain: [expect.any(String)], algorithm: 'ES256' });
  });
});

const vendor = (certificatesPem: string, privateKeyPem: string): ProofMeans => ({
  kind: 'vendor-certificate',
  certificatesPem,
  privateKeyPem,
});
const aBigLeaf = await anIDevId(root, 'SN-1', { name: [{ CN: ['x'.repeat(4096)] }] });

test.each<[string, ProofMeans, RegExp]>([
  ['a code that is too short', { kind: 'enrollment-code', code: 'ABC' }, /8 to 64 letters and digits/],
  ['a secret that is too short', { kind: 'device-secret', secret: 'abcd' }, /32 to 64 bytes/],
  ['no certificate', vendor('', leaf.keyPem), /does not belong to the first/],
  ['a certificate that is none', vendor('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', leaf.keyPem), /not X.509/],
  ['the key of another certificate', vendor(leaf.pem, aStrangersKey()), /does not belong to the first/],
  ['a key that is none', vendor(leaf.pem, 'secret'), /no private key/],
  ['more than may be sent', vendor(aBigLeaf.pem, aBigLeaf.keyPem), /may have 4096/],
])('A device with %s is told so, without a secret in the telling', async (_, means, message) => {
  const failure: unknown = await makeEvidence(means, occasion).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnusableMeansError);
  expect(String(failure)).toMatch(message);
  expect(String(failure)).not.toMatch(/abcd|ABC\b/);
});
