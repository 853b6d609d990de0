import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { commonNameOf, thingNamedBy } from '../../domain/subject-name.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { enrollmentKeyOf, thingNameOf } from '../../domain/thing-name.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';

const serials = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 70 }), fc.string({ maxLength: 70 }), fc.constantFrom('::', '::x', `::${'a'.repeat(43)}`))
  .filter((text) => z.safeParse(serialNumber, text).success)
  .map(aSerial);

describe('The common name of a device', () => {
  test('is its serial number, where that fits', () => {
    expect(commonNameOf(aSerial('SN 1/a'))).toBe('SN 1/a');
  });

  test.each(['gerät-ß', 'x'.repeat(65), '::x'])('is the digest with which its thing’s name ends, where it is %s', (serial) => {
    expect(commonNameOf(aSerial(serial))).toMatch(/^::[\w-]{43}$/);
    expect(thingNamedBy('muster', aLine(), commonNameOf(aSerial(serial)))).toBe(
      enrollmentKeyOf(thingNameOf('muster', aLine(), aSerial(serial))),
    );
  });

  test('leads to its enrollment, whatever its serial number is, and fits a common name', () => {
    fc.assert(
      fc.property(serials, (serial) => {
        const name = commonNameOf(serial);
        expect(name.length).toBeLessThanOrEqual(64);
        const thing = thingNamedBy('muster', aLine(), name);
        expect(thing && enrollmentKeyOf(thing)).toBe(enrollmentKeyOf(thingNameOf('muster', aLine(), serial)));
      }),
    );
  });

  test.each(['', ' SN-1', 'SN-1\u0000'])('is nobody’s where it could be no serial number: %j', (name) => {
    expect(thingNamedBy('muster', aLine(), name)).toBeUndefined();
  });
});
