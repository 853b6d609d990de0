import fc from 'fast-check';
import * as z from 'zod/mini';
import { thingName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
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

  test('belongs to one serial of one line and to no other', () => {
    fc.assert(
      fc.property(anyLine, anySerial, anyLine, anySerial, (line, serial, otherLine, otherSerial) => {
        const isSame = line === otherLine && serial === otherSerial;
        expect(thingNameOf('muster', line, serial) === thingNameOf('muster', otherLine, otherSerial)).toBe(isSame);
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
