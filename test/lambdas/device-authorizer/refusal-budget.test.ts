import fc from 'fast-check';
import { RecentMap } from '../../../lambdas/device-authorizer/recent-map.ts';
import { KNOWN_FOR_MS, REMEMBERED, RefusalBudget, bounds } from '../../../lambdas/device-authorizer/refusal-budget.ts';
import { WINDOW_MS } from '../../../lambdas/device-authorizer/sliding-bound.ts';
import { MAX_UNJUDGED, UnjudgedRefusals } from '../../../lambdas/device-authorizer/unjudged-refusals.ts';
import { NOON } from '../../builders/enrollment.ts';

/** Asks and is refused as often as the budget lets it, at most `times`. */
const refusals = (budget: RefusalBudget, device: string, { at = NOON, times = 1_000 } = {}): number => {
  let given = 0;
  for (; given < times && budget.isOpen(device, at); given += 1) budget.refused(device, at);
  return given;
};

/** How many of these moments lie in the fullest window. */
const fullest = (moments: readonly number[]): number =>
  Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + WINDOW_MS).length));

describe('The budget of refusals', () => {
  test('gives a device that nobody knows so many a minute, and then again', () => {
    const budget = new RefusalBudget();
    expect(refusals(budget, 'SN-1')).toBe(bounds.perStranger);
    expect(refusals(budget, 'SN-1', { at: NOON + WINDOW_MS - 1 })).toBe(0);
    expect(refusals(budget, 'SN-1', { at: NOON + WINDOW_MS })).toBe(bounds.perStranger);
  });

  test('gives more to a device that was let in, so that who knows its name keeps it out less soon', () => {
    const budget = new RefusalBudget();
    budget.letIn('SN-1', NOON);
    expect(refusals(budget, 'SN-1')).toBe(bounds.perKnownDevice);
  });

  test('gives all strangers together so many', () => {
    const budget = new RefusalBudget();
    const given = Array.from({ length: 1_000 }, (_, index) => refusals(budget, `SN-${index}`, { times: 1 }));
    expect(given.reduce((one, other) => one + other)).toBe(bounds.allStrangers);
  });

  test('keeps nobody out whom it knows, however many strangers come', () => {
    const budget = new RefusalBudget();
    budget.letIn('known', NOON);
    for (let index = 0; index < 1_000; index += 1) refusals(budget, `SN-${index}`, { times: 1 });
    expect(budget.isOpen('stranger', NOON)).toBe(false);
    expect(budget.isOpen('known', NOON)).toBe(true);
  });

  test('takes a device for a stranger again when the longest session since is over', () => {
    const budget = new RefusalBudget();
    budget.letIn('SN-1', NOON);
    expect(refusals(budget, 'SN-1', { at: NOON + KNOWN_FOR_MS })).toBe(bounds.perStranger);
  });

  test('is not spent by devices that are let in', () => {
    const budget = new RefusalBudget();
    for (let index = 0; index < 10_000; index += 1) {
      expect(budget.isOpen(`SN-${index}`, NOON)).toBe(true);
      budget.letIn(`SN-${index}`, NOON);
    }
  });

  test('is never exceeded in any minute, whoever comes when', () => {
    const device = fc.constantFrom('one', 'two', 'three');
    const step = fc.record({ device, waitMs: fc.integer({ min: 0, max: 8_000 }), isGood: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const budget = new RefusalBudget();
        const refused = new Map<string, number[]>();
        const known = new Set<string>();
        let at = NOON;
        for (const { device: name, waitMs, isGood } of steps) {
          at += waitMs;
          if (!budget.isOpen(name, at)) continue;
          if (isGood) {
            budget.letIn(name, at);
            known.add(name);
            continue;
          }
          budget.refused(name, at);
          refused.set(name, [...(refused.get(name) ?? []), at]);
        }
        for (const [name, moments] of refused)
          expect(fullest(moments)).toBeLessThanOrEqual(known.has(name) ? bounds.perKnownDevice : bounds.perStranger);
      }),
    );
  });

  test('of all strangers is never exceeded in any minute, however they are called', () => {
    const step = fc.record({ name: fc.nat(500), waitMs: fc.integer({ min: 0, max: 600 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 600 }), (steps) => {
        const budget = new RefusalBudget();
        const moments: number[] = [];
        let at = NOON;
        for (const { name, waitMs } of steps) {
          at += waitMs;
          if (!budget.isOpen(`SN-${name}`, at)) continue;
          budget.refused(`SN-${name}`, at);
          moments.push(at);
        }
        expect(fullest(moments)).toBeLessThanOrEqual(bounds.allStrangers);
      }),
      { numRuns: 30 },
    );
  });
});

describe('What is remembered', () => {
  test('never grows beyond its bound, and forgets what was longest not set', () => {
    const map = new RecentMap<number>(3);
    for (const key of ['a', 'b', 'c', 'a', 'd']) map.set(key, 1);
    expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([1, undefined, 1, 1]);
  });

  test('is a bounded number of devices: of many more that were let in the last ones are known', () => {
    const budget = new RefusalBudget();
    for (let index = 0; index < REMEMBERED + 100; index += 1) budget.letIn(`SN-${index}`, NOON);
    expect(refusals(budget, 'SN-0')).toBe(bounds.perStranger);
    expect(refusals(budget, `SN-${REMEMBERED}`)).toBe(bounds.perKnownDevice);
  });
});

describe('Refusals without a judgement', () => {
  test('are treated as others so often in a minute, and then counted alone', () => {
    const unjudged = new UnjudgedRefusals();
    const taken = Array.from({ length: 1_000 }, () => unjudged.take(NOON));
    expect(taken.filter((leftOut) => leftOut === 0)).toHaveLength(MAX_UNJUDGED);
    expect(taken.filter((leftOut) => leftOut === undefined)).toHaveLength(1_000 - MAX_UNJUDGED);
    expect(unjudged.take(NOON + WINDOW_MS)).toBe(1_000 - MAX_UNJUDGED);
    expect(unjudged.take(NOON + WINDOW_MS)).toBe(0);
  });

  test('leave none uncounted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 400 }), (waits) => {
        const unjudged = new UnjudgedRefusals();
        let at = NOON;
        const taken = waits.map((waitMs) => unjudged.take((at += waitMs)));
        const told = taken.filter((leftOut) => leftOut !== undefined);
        const counted = told.length + told.reduce((one, other) => one + other, 0);
        const sinceThen = taken.length - 1 - taken.findLastIndex((leftOut) => leftOut !== undefined);
        expect(counted + sinceThen).toBe(waits.length);
      }),
    );
  });
});
