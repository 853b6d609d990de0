import fc from 'fast-check';
import { minuteOf, readTally, tallyKeyOf, tallyPrefixes } from '../../../domain/audit/tally.ts';

const DIGEST = 'ab'.repeat(32);
const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2100, 0, 1) });

describe('A tally', () => {
  test('says by its name how many lines of which minute were stored', () => {
    const minute = Date.UTC(2026, 10, 3, 4, 5);
    expect(tallyKeyOf({ minute, lines: 17 }, DIGEST)).toBe(`counted/2026-11-03T04/05-${DIGEST}-17`);
    fc.assert(
      fc.property(instant, fc.nat({ max: 1_000_000 }), (at, lines) => {
        const tally = { minute: minuteOf(at), lines };
        expect(readTally(tallyKeyOf(tally, DIGEST))).toEqual(tally);
      }),
    );
  });

  test('is nothing that has another name', () => {
    fc.assert(fc.property(fc.string(), (key) => readTally(key) === undefined));
    for (const key of [`counted/2026-13-03T04/05-${DIGEST}-1`, `counted/2026-11-03T04/05-${DIGEST}-`, `x/2026-11-03T04/05-${DIGEST}-1`])
      expect(readTally(key)).toBeUndefined();
  });

  test('is found below the prefixes of the time that it is of', () => {
    fc.assert(
      fc.property(instant, fc.nat({ max: 200 * 60_000_000 }), fc.float({ min: 0, max: 1, noNaN: true }), (from, length, share) => {
        const key = tallyKeyOf({ minute: minuteOf(from + Math.floor(length * share * 0.999)), lines: 1 }, DIGEST);
        const prefixes = tallyPrefixes({ from, until: from + length + 1 });
        expect(prefixes.filter((prefix) => key.startsWith(prefix))).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });
});
