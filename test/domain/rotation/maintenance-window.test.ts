import fc from 'fast-check';
import * as z from 'zod/mini';
import { isOpenAt, maintenanceWindow, weekdays } from '../../../domain/rotation/maintenance-window.ts';

const window = (raw: object) => z.parse(maintenanceWindow, raw);

/** Monday, 23 November 2026, in UTC. */
const monday = (time: string, daysLater = 0): number => Date.parse(`2026-11-23T${time}:00Z`) + daysLater * 86_400_000;

describe('A maintenance window', () => {
  const night = window({ days: ['mon'], from: '22:00', until: '04:00' });
  const morning = window({ days: ['mon', 'wed'], from: '08:00', until: '09:30' });

  test.each([
    ['08:00', 0, true],
    ['09:29', 0, true],
    ['09:30', 0, false],
    ['07:59', 0, false],
    ['08:30', 1, false],
    ['08:30', 2, true],
  ])('of Mondays and Wednesdays from eight to half past nine: at %s, %d days after Monday: %s', (time, days, isOpen) => {
    expect(isOpenAt([morning], monday(time, days))).toBe(isOpen);
  });

  test.each([
    ['21:59', 0, false],
    ['22:00', 0, true],
    ['03:59', 1, true],
    ['04:00', 1, false],
    ['03:00', 0, false],
    ['22:00', 1, false],
  ])('that ends on the next day, at %s, %d days after its own: %s', (time, days, isOpen) => {
    expect(isOpenAt([night], monday(time, days))).toBe(isOpen);
  });

  test('is always, where there is none', () => {
    expect(isOpenAt([], monday('03:00'))).toBe(true);
  });

  test('is open where one of several is', () => {
    expect(isOpenAt([night, morning], monday('08:30'))).toBe(true);
    expect(isOpenAt([night, morning], monday('12:00'))).toBe(false);
  });

  test('of every day that begins when it ends is always open', () => {
    const always = window({ from: '00:00', until: '00:00' });
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (at) => isOpenAt([always], at)));
  });

  test('is open as many minutes of a week as it says', () => {
    const minutesOfDay = fc.integer({ min: 0, max: 1439 });
    const timeOf = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(minutesOfDay, minutesOfDay, fc.constantFrom(...weekdays), (from, until, day) => {
        const one = window({ days: [day], from: timeOf(from), until: timeOf(until) });
        const open = Array.from({ length: 7 * 1440 }, (_, minute) => isOpenAt([one], monday('00:00') + minute * 60_000)).filter(Boolean);
        expect(open).toHaveLength((until - from + 1440) % 1440 || 1440);
      }),
      { numRuns: 25 },
    );
  });

  test.each(['24:00', '8:00', '08:60', '08:00:00', ''])('does not begin at %j', (from) => {
    expect(z.safeParse(maintenanceWindow, { from, until: '09:00' }).success).toBe(false);
  });
});
