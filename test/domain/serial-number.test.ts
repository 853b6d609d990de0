import fc from 'fast-check';
import * as z from 'zod/mini';
import { foldSerialNumber, serialNumber } from '../../domain/serial-number.ts';

const isSerial = (value: unknown): boolean => z.safeParse(serialNumber, value).success;

describe('A serial number', () => {
  test.each(['SN-1', 'a', 'SN 1', 'Gerät/7', '序列-1', '0', 'x'.repeat(128), 'ä'.repeat(64)])('may be %j', (serial) => {
    expect(isSerial(serial)).toBe(true);
  });

  test.each([
    ['empty', ''],
    ['white space at its start', ' SN-1'],
    ['white space at its end', 'SN-1 '],
    ['a no-break space at its end', 'SN-1\u00a0'],
    ['a line break', 'SN\n1'],
    ['a line separator', 'SN\u20281'],
    ['a null', 'SN\u00001'],
    ['a zero-width space', 'SN\u200b1'],
    ['a zero-width joiner', 'SN\u200d1'],
    ['a right-to-left override', 'SN\u202e1'],
    ['a byte-order mark', '\ufeffSN-1'],
    ['a decomposed letter', 'SN-a\u0308'],
    ['half a surrogate pair', 'SN-\ud800'],
    ['a private code point', 'SN-\ue000'],
    ['more than 128 bytes', 'x'.repeat(129)],
    ['more than 128 bytes in fewer characters', 'ä'.repeat(65)],
  ])('may not have %s', (_, serial) => {
    expect(isSerial(serial)).toBe(false);
  });

  test.each([undefined, null, 1, true, ['SN-1'], { toString: () => 'SN-1' }])('is text, and not %j', (value) => {
    expect(isSerial(value)).toBe(false);
  });

  test('is kept byte for byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const parsed = z.safeParse(serialNumber, text);
        if (parsed.success) expect(parsed.data).toBe(text);
      }),
    );
  });
});

describe('The fold of a serial number', () => {
  test.each([
    ['case', 'sn-1', 'SN-1'],
    ['width', 'SN-1', '\uff33\uff2e-1'],
    ['white space', 'SN 1', 'SN1'],
  ])('is the same for two that differ only in %s', (_, one, other) => {
    expect(foldSerialNumber(one)).toBe(foldSerialNumber(other));
  });

  test('differs for two that are truly different', () => {
    expect(foldSerialNumber('SN-1')).not.toBe(foldSerialNumber('SN-2'));
  });
});
