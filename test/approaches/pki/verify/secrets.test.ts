import * as fc from 'fast-check';
import { provePki } from '../../../../approaches/pki/prove.ts';
import { verify } from '../../../../approaches/pki/verify.ts';
import type { CertificatePresentation } from '../../../../domain/admission/certificate-presentation.ts';
import { aCertificatePresentation } from '../../../builders/certificate-presentation.ts';
import { aDeviceKey } from '../../../builders/device-certificate.ts';
import { aCertificateId, aLine, aSerial } from '../../../builders/identifiers.ts';
import { kindsOfDevices } from '../kinds-of-devices.ts';

const refused = { accepted: false, reason: 'evidence-refused' };

describe('An enrollment code', () => {
  test('is used up by the first key that comes with it, and the enrollment is told so', async () => {
    const device = await kindsOfDevices['enrollment-code'](aSerial());
    const verification = verify(await device.present(), device.requirement);
    if (!verification.accepted) throw new Error(verification.reason);
    expect(verification).toMatchObject({ attestation: 'enrollment-code' });
    expect(verification.requirement).toEqual({ ...device.requirement, codeUsedBy: verification.key });
  });

  test('lets the same key in again, whose answer may have been lost', async () => {
    const device = await kindsOfDevices['enrollment-code'](aSerial());
    const first = verify(await device.present(), device.requirement);
    const used = first.accepted ? (first.requirement ?? {}) : {};
    const again = verify(await device.present({ claimCertificateId: aCertificateId('the next claim') }), used);
    expect(again).toMatchObject({ accepted: true });
    expect(again).not.toHaveProperty('requirement');
  });

  test('lets no other key in after it, and says so only to who has the code', async () => {
    const device = await kindsOfDevices['enrollment-code'](aSerial());
    const first = verify(await device.present(), device.requirement);
    const used = first.accepted ? (first.requirement ?? {}) : {};
    const privateKeyPem = await provePki.makeKey('ec-p256');
    expect(verify(await device.present({ privateKeyPem }), used)).toEqual({ accepted: false, reason: 'code-already-used' });
    const guess = { kind: 'enrollment-code', code: 'ANOTHER-CODE' } as const;
    expect(verify(await device.present({ privateKeyPem, means: guess }), used)).toEqual(refused);
  });

  test('of another serial number or line is another code', async () => {
    const device = await kindsOfDevices['enrollment-code'](aSerial());
    expect(verify({ ...(await device.present({ line: aLine('gateway') })), line: aLine('sensor') }, device.requirement)).toEqual(refused);
    const another = await kindsOfDevices['enrollment-code'](aSerial('SN-2'));
    expect(verify(await device.present({ serialNumber: aSerial('SN-2') }), another.requirement)).toEqual(refused);
  });

  test('is nowhere in what is recorded or sent', async () => {
    const { requirement, present } = await kindsOfDevices['enrollment-code'](aSerial());
    const { evidence = '' } = await present();
    for (const text of [JSON.stringify(requirement), evidence]) expect(text.toUpperCase()).not.toMatch(/C0DE.?0F|CODE.?OF/);
  });
});

describe('The proof of a secret', () => {
  test('is good for one occasion only, whatever of it changes', async () => {
    const device = await kindsOfDevices['device-secret'](aSerial());
    const presentation = await device.present();
    const stranger = await aDeviceKey();
    const changes: fc.Arbitrary<Partial<CertificatePresentation>> = fc.oneof(
      fc.record({ line: fc.stringMatching(/^[a-z0-9-]{1,32}$/).map(aLine) }),
      fc.record({ serialNumber: fc.stringMatching(/^[!-~]{1,40}$/).map(aSerial) }),
      fc.record({ claimCertificateId: fc.string().map(aCertificateId) }),
      fc.constant({ certificatePem: stranger.certificatePem }),
    );
    fc.assert(
      fc.property(changes, (change) => {
        const isSame = Object.entries(change).every(([name, value]) =>
          Object.entries(presentation).some(([n, v]) => n === name && v === value),
        );
        expect(verify({ ...presentation, ...change }, device.requirement).accepted).toBe(isSame);
      }),
    );
  });

  test('is refused without a fault, whatever a device sends in its place', async () => {
    const { requirement } = await kindsOfDevices['device-secret'](aSerial());
    const { certificatePem } = await aDeviceKey();
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })), (evidence) => {
        expect(verify(aCertificatePresentation(certificatePem, { evidence }), requirement)).toEqual(refused);
      }),
    );
  });
});

describe('A requirement keeps everybody out', () => {
  test.each([
    ['with two kinds in it', { pinnedKey: 'a'.repeat(64), deviceSecret: 'A'.repeat(43) }],
    ['with a secret that is too short', { deviceSecret: 'A'.repeat(42) }],
    ['with an empty secret', { deviceSecret: '' }],
    ['with a code that is no key', { codeKey: 'ABCDEFGH' }],
    ['with a CA without a name', { vendorCaKey: 'AAAA' }],
    ['with a field that nobody knows', { colour: 'red' }],
  ])('%s', async (_, requirement) => {
    const device = await kindsOfDevices['serial-only'](aSerial());
    expect(verify(await device.present(), requirement)).toEqual(refused);
  });

  test('whose CA is no key, though a chain says so', async () => {
    const device = await kindsOfDevices['vendor-certificate'](aSerial());
    expect(verify(await device.present(), { ...device.requirement, vendorCaKey: 'AAAA' })).toEqual(refused);
  });
});

test('A device that can prove only its serial number is let in by its serial number, and stated as such', async () => {
  const device = await kindsOfDevices['serial-only'](aSerial());
  expect(verify(await device.present(), device.requirement)).toMatchObject({ accepted: true, attestation: 'serial-only' });
});
