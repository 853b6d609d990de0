import fc from 'fast-check';
import { type Balance, type Counted, PATIENCE_MS, nextLook, settle } from '../../../domain/audit/completeness.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/duration.ts';

const START = Date.UTC(2026, 0, 1);
const EVEN: Balance = { owed: 0, evenAt: START };

/** A thing that was expected at a minute. */
interface Thing {
  readonly at: number;
  /** At which minute it was found: so many later. */
  readonly off: number;
  /** From when on it could be read that it was found: so many minutes later. */
  readonly seenAfter: number;
  /** How often it was found. */
  readonly times: number;
}

const minutes = (count: number): number => START + count * MINUTE_MS;

/** What can be read at a time; what is expected can be at once. */
const countedBy = (now: number, things: readonly Thing[]): Counted => {
  const [expected, found] = [new Map<number, number>(), new Map<number, number>()];
  const add = (counts: Map<number, number>, minute: number, some: number) => counts.set(minute, (counts.get(minute) ?? 0) + some);
  for (const { at, off, seenAfter, times } of things) {
    if (minutes(at) <= now) add(expected, minutes(at), 1);
    if (minutes(at + seenAfter) <= now) add(found, minutes(at + off), times);
  }
  return { expected, found };
};

interface Watch {
  readonly forMinutes: number;
  readonly everyMinutes: number;
}

/** Looks again and again, as the function does; it tells what was lost, when it said so, and up to when nothing was. */
const watch = (things: readonly Thing[], { forMinutes, everyMinutes }: Watch) => {
  let [balance, settled] = [EVEN, START];
  const losses: { readonly lost: number; readonly at: number; readonly after: number }[] = [];
  for (let now = START; now <= minutes(forMinutes); now += everyMinutes * MINUTE_MS) {
    const look = nextLook(settled, now);
    if (look === undefined) continue;
    const { evenAt } = balance;
    const { lost, ...next } = settle(balance, countedBy(now, things), look);
    if (lost > 0) losses.push({ lost, at: now, after: evenAt });
    [balance, settled] = [next.balance, look.settled];
  }
  return { losses, total: losses.reduce((sum, { lost }) => sum + lost, 0), balance };
};

const HALF_DAY = 12 * 60;
const PATIENT_MINUTES = PATIENCE_MS / MINUTE_MS;
const SIX_HOURS = 6 * 60;
const everyMinutes = fc.integer({ min: 10, max: 90 });
/** Until all is settled. */
const wholeWatch = (every: number): Watch => ({ forMinutes: 4 * HALF_DAY, everyMinutes: every });
/** So few that there is a moment within seven hours at which none is on its way. */
const things = (more: { readonly off: fc.Arbitrary<number>; readonly times: fc.Arbitrary<number> }) =>
  fc.array(fc.record({ at: fc.integer({ min: 1, max: HALF_DAY }), seenAfter: fc.nat({ max: SIX_HOURS }), ...more }), { maxLength: 60 });
const once = fc.constant(1);
const never = (at: number): Thing => ({ at, off: 0, seenAfter: 0, times: 0 });
const runs = { numRuns: 40 };

describe('What is owed', () => {
  test('is nothing, where everything is found, however late within six hours it is told, or some minutes beside', () => {
    const found = things({ off: fc.integer({ min: -1, max: 5 }), times: once });
    fc.assert(
      fc.property(found, everyMinutes, (all, every) => watch(all, wholeWatch(every)).total === 0),
      runs,
    );
  });

  test('is nothing, where things were found twice', () => {
    const found = things({ off: fc.nat({ max: 5 }), times: fc.integer({ min: 1, max: 2 }) });
    fc.assert(
      fc.property(found, everyMinutes, (all, every) => watch(all, wholeWatch(every)).total === 0),
      runs,
    );
  });

  test('is told to the last one, once, where some are never found', () => {
    const found = things({ off: fc.integer({ min: -1, max: 5 }), times: fc.nat({ max: 1 }) });
    fc.assert(
      fc.property(found, everyMinutes, (all, every) => {
        const { total, balance } = watch(all, wholeWatch(every));
        expect(total).toBe(all.filter(({ times }) => times === 0).length);
        expect(balance.owed).toBe(0);
      }),
      runs,
    );
  });

  test('is told eight hours after it was expected, at the latest, with an instant up to which nothing was', () => {
    fc.assert(
      fc.property(fc.nat({ max: HALF_DAY }), fc.integer({ min: 1, max: 30 }), (at, every) => {
        const { losses } = watch([never(at)], wholeWatch(every));
        expect(losses.map(({ lost }) => lost)).toEqual([1]);
        for (const loss of losses) {
          expect(loss.at - minutes(at)).toBeLessThanOrEqual(8 * HOUR_MS);
          expect(loss.after).toBeLessThanOrEqual(minutes(at));
        }
      }),
      runs,
    );
  });

  test('is not made good by what came twice long before', () => {
    const twice = { ...never(0), times: 2 };
    expect(watch([twice, never(2 * PATIENT_MINUTES)], wholeWatch(15)).total).toBe(1);
  });

  test('is told where others come all the time, with some of them always on their way', () => {
    const steady = Array.from({ length: 2 * HALF_DAY }, (_, at) => ({ at, off: at % 3 === 0 ? 1 : 0, seenAfter: 2, times: 1 }));
    expect(watch(steady, wholeWatch(60)).total).toBe(0);
    expect(watch([...steady, never(300)], wholeWatch(60)).total).toBe(1);
  });
});

describe('A look', () => {
  test('goes from where the last one had settled to a quarter of an hour ago, and takes nothing of the last seven hours for settled', () => {
    const now = START + DAY_MS + 12_345;
    expect(nextLook(START, now)).toEqual({
      from: START,
      settled: START + DAY_MS - 15 * MINUTE_MS - 7 * HOUR_MS,
      until: START + DAY_MS - 15 * MINUTE_MS,
    });
    expect(nextLook(START, START + HOUR_MS)).toMatchObject({ from: START, settled: START });
  });

  test('is none where a clock was set back, and goes no further back than CloudWatch remembers', () => {
    expect(nextLook(START, START)).toBeUndefined();
    const later = nextLook(START, START + 400 * DAY_MS);
    expect((later?.until ?? 0) - (later?.from ?? 0)).toBe(14 * DAY_MS);
  });
});
