import * as fc from 'fast-check';
import { FaultBook } from '../../../local/faults/fault-book.ts';
import { matchesWildcards } from '../../../local/policy/match-pattern.ts';
import { ManualClock } from '../../../local/manual-clock.ts';

const anyFunction = { at: 'function', functionName: '*', effect: { kind: 'throttle' } } as const;

const strikes = (book: FaultBook, times: number): number =>
  Array.from({ length: times }, () => book.strike('function', () => true)).filter((strike) => strike !== undefined).length;

describe('The book of faults', () => {
  test('lets a fault strike as often as it says', () => {
    const book = new FaultBook(new ManualClock(0));
    book.add({ ...anyFunction, count: 3 });
    expect(strikes(book, 10)).toBe(3);
    expect(book.list()).toMatchObject([{ hits: 3, isSpent: true, definition: { at: 'function', probability: 1 } }]);
  });

  test('lets a fault end on the clock of the local AWS', () => {
    const clock = new ManualClock(0);
    const book = new FaultBook(clock);
    expect(book.add({ ...anyFunction, expiresAfterMs: 1000 }).expiresAt).toBe('1970-01-01T00:00:01.000Z');
    clock.advance(999);
    expect(strikes(book, 1)).toBe(1);
    clock.advance(1);
    expect(strikes(book, 1)).toBe(0);
    expect(book.list()).toMatchObject([{ isSpent: true }]);
  });

  test('repeats chance by its seed, and comes near to its probability', () => {
    const run = (seed: number): readonly boolean[] => {
      const book = new FaultBook(new ManualClock(0));
      book.add({ ...anyFunction, probability: 0.25, seed });
      return Array.from({ length: 1000 }, () => book.strike('function', () => true) !== undefined);
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    expect(run(7).filter(Boolean).length).toBeGreaterThan(200);
    expect(run(7).filter(Boolean).length).toBeLessThan(300);
  });

  test('lets the first that matches strike, and only at its own kind of place', () => {
    const book = new FaultBook(new ManualClock(0));
    book.add({ at: 'mqtt', packet: 'connect', effect: { kind: 'drop' } });
    const first = book.add(anyFunction);
    book.add(anyFunction);
    expect(book.strike('function', () => true)).toMatchObject({ faultId: first.id });
    expect(book.remove(first.id)).toBe(true);
    expect(book.remove(first.id)).toBe(false);
    expect(book.strike('function', () => true)?.faultId).not.toBe(first.id);
    book.clear();
    expect(book).toMatchObject({ isEmpty: true });
  });

  test('holds a thousand faults, spent ones making room', () => {
    const book = new FaultBook(new ManualClock(0));
    for (let index = 0; index < 1000; index += 1) book.add({ ...anyFunction, count: 1 });
    expect(() => book.add(anyFunction)).toThrow('There are 1000 faults in force');
    strikes(book, 1);
    expect(book.add(anyFunction).hits).toBe(0);
  });

  test.each([
    [{ at: 'moon' }, "'at'|at"],
    [{ ...anyFunction, effect: { kind: 'explode' } }, 'effect.kind'],
    [{ ...anyFunction, count: 0 }, 'count'],
    [{ ...anyFunction, probability: 2 }, 'probability'],
    [{ ...anyFunction, tpyo: 1 }, 'tpyo'],
  ])('refuses %j and says where it is wrong', (request, where) => {
    const book = new FaultBook(new ManualClock(0));
    expect(() => book.add(request as unknown as typeof anyFunction)).toThrow(new RegExp(where));
  });
});

describe('A pattern', () => {
  test.each([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*b*b*', 'abab', true],
    ['a', 'b', false],
  ])('%j and %j: %j', (pattern, text, expected) => {
    expect(matchesWildcards(pattern, text)).toBe(expected);
  });

  test('matches what the regular expression of the same meaning matches', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const source = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesWildcards(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });
});
