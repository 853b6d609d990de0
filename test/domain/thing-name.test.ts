import fc from 'fast-check';
import * as z from 'zod/mini';
import { type LineName, type ThingName, thingName } from '../../domain/identifiers.ts';
import { type SerialNumber, foldSerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { enrollmentKeyOf, thingNameOf } from '../../domain/thing-name.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';

const anyLine = fc.stringMatching(/^[a-z0-9-]{1,20}$/).map(aLine);
const anySerial = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z0-9_-]{1,128}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.stringMatching(/^[:A-Za-z0-9_-]{1,60}$/),
  )
  .filter((text) => z.safeParse(serialNumber, text).success)
  .map(aSerial);

describe('The name of a thing', () => {
  test('is <prefix>:<line>:<serial> where the serial can stand in a name', () => {
    expect(thingNameOf('muster', aLine(), aSerial('SN-1_a'))).toBe('muster:sensor:SN-1_a');
  });

  test('holds a stable digest where the serial cannot', () => {
    expect(thingNameOf('muster', aLine(), aSerial('SN 1/ä'))).toMatch(/^muster:sensor::[A-Za-z0-9_-]{43}$/);
    expect(thingNameOf('muster', aLine(), aSerial('SN 1/ä'))).toBe(thingNameOf('muster', aLine(), aSerial('SN 1/ä')));
  });

  test('holds a digest where the serial would make it longer than AWS IoT allows', () => {
    const long = aSerial('S'.repeat(128));
    expect(thingNameOf('muster', aLine(), long)).toMatch(/^muster:sensor::/);
  });

  test('is always one that AWS IoT takes', () => {
    fc.assert(
      fc.property(anyLine, anySerial, (line, serial) => {
        expect(z.safeParse(thingName, thingNameOf('muster', line, serial)).success).toBe(true);
      }),
    );
  });

  test('belongs to one serial of one line and to no other that could be enrolled beside it', () => {
    fc.assert(
      fc.property(anyLine, anySerial, anyLine, anySerial, (line, serial, otherLine, otherSerial) => {
        const [name, otherName] = [thingNameOf('muster', line, serial), thingNameOf('muster', otherLine, otherSerial)];
        const canBothBeEnrolled = enrollmentKeyOf(name) !== enrollmentKeyOf(otherName);
        if (canBothBeEnrolled) expect(name).not.toBe(otherName);
        if (line !== otherLine) expect(name).not.toBe(otherName);
      }),
    );
  });

  test('cannot be chosen by a serial that looks like the digest of another', () => {
    const victim = aSerial('SN 1');
    const digest = thingNameOf('muster', aLine(), victim).slice('muster:sensor::'.length);
    const forged = [digest, `:${digest}`, `::${digest}`].map((serial) => thingNameOf('muster', aLine(), aSerial(serial)));
    expect(forged).not.toContain(thingNameOf('muster', aLine(), victim));
  });
});

describe('The key of an enrollment', () => {
  const keyOf = (line: LineName, serial: SerialNumber) => enrollmentKeyOf(thingNameOf('muster', line, serial));

  test('is the same for two serials of a line if they fold to the same, and else another', () => {
    fc.assert(
      fc.property(anyLine, anySerial, anySerial, (line, serial, other) => {
        expect(keyOf(line, serial) === keyOf(line, other)).toBe(foldSerialNumber(serial) === foldSerialNumber(other));
      }),
    );
  });

  test.each([
    ['case', 'SN-1', 'sn-1'],
    ['width', 'SN-1', 'ＳＮ-1'],
    ['white space', 'SN-1', 'SN - 1'],
  ])('is the same where serials differ only in %s, though their things have names of their own', (_, one, other) => {
    expect(keyOf(aLine(), aSerial(one))).toBe(keyOf(aLine(), aSerial(other)));
    expect(thingNameOf('muster', aLine(), aSerial(one))).not.toBe(thingNameOf('muster', aLine(), aSerial(other)));
  });

  test('is never that of another line', () => {
    fc.assert(
      fc.property(anyLine, anyLine, anySerial, (line, other, serial) => {
        expect(keyOf(line, serial) === keyOf(other, serial)).toBe(line === other);
      }),
    );
  });

  test('is as long for every serial, and holds nothing of it', () => {
    fc.assert(fc.property(anySerial, (serial) => /^muster:sensor::[A-Za-z0-9_-]{43}$/.test(keyOf(aLine(), serial))));
  });

  test('of a name that Muster did not give is the name', () => {
    expect(['kettle', 'a:b', 'a:b::c', ''].map((name) => enrollmentKeyOf(name as ThingName))).toEqual(['kettle', 'a:b', 'a:b::c', '']);
  });
});
