import * as fc from 'fast-check';
import { bindingOf, type Occasion } from '../../../../approaches/pki/evidence/binding.ts';
import { aCertificateId, aKey, aLine, aSerial } from '../../../builders/identifiers.ts';

const kinds = ['enrollment-code', 'device-secret', 'vendor-certificate'] as const;
const lines = fc.stringMatching(/^[a-z0-9-]{1,32}$/).map(aLine);
const serials = fc.stringMatching(/^[!-~]{1,40}$/).map(aSerial);
const occasions: fc.Arbitrary<Occasion> = fc.record({
  line: lines,
  serialNumber: serials,
  key: fc.string().map(aKey),
  claimCertificateId: fc.string().map(aCertificateId),
});

const hexOf = (...parts: readonly string[]): string =>
  parts.map((part) => `${Buffer.byteLength(part).toString(16).padStart(8, '0')}${Buffer.from(part).toString('hex')}`).join('');

describe('What evidence is made over', () => {
  test('is these bytes, now and for every device that was ever made', () => {
    const occasion = { line: aLine('sensor'), serialNumber: aSerial('SN-ß'), key: aKey('k'), claimCertificateId: aCertificateId('c') };
    expect(bindingOf('device-secret', occasion).toString('hex')).toBe(
      '000000126d75737465722065766964656e6365207631' +
        '0000000d6465766963652d736563726574' +
        '0000000673656e736f72' +
        '00000005534e2dc39f' +
        hexOf(aKey('k'), aCertificateId('c')),
    );
  });

  test('is never the same for two occasions or two kinds of proof', () => {
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom(...kinds), occasions), fc.tuple(fc.constantFrom(...kinds), occasions), (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(bindingOf(...one).equals(bindingOf(...other))).toBe(isSame);
      }),
    );
  });

  test('does not change where a text ends and the next begins', () => {
    const occasion = { key: aKey('k'), claimCertificateId: aCertificateId('c') };
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{2,30}$/), fc.nat(28), fc.nat(28), (text, one, other) => {
        const split = (at: number) => {
          const place = 1 + (at % (text.length - 1));
          return bindingOf('device-secret', { ...occasion, line: aLine(text.slice(0, place)), serialNumber: aSerial(text.slice(place)) });
        };
        const isSame = one % (text.length - 1) === other % (text.length - 1);
        expect(split(one).equals(split(other))).toBe(isSame);
      }),
    );
  });
});
