import * as fc from 'fast-check';
import { backoffMs } from '../../device/backoff.ts';

describe('the wait after a failure', () => {
  test('is anywhere between nothing and a limit that doubles from 1 s to 60 s', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, fraction) => {
        const ms = backoffMs(failures, () => fraction);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThan(Math.min(60_000, 1_000 * 2 ** failures));
      }),
    );
    expect(backoffMs(3, () => 0.999_999)).toBe(7_999);
  });
});
