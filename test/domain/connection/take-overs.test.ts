import fc from 'fast-check';
import { type HeldConnection, type TakeOvers, addressesOf, isAlternating, withTakeOver } from '../../../domain/connection/take-overs.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';

const { thingName } = anEnrollment();
const principal = aCertificateId('first');

const seen = (holder: HeldConnection, by = principal) => ({ thingName, principal: by, holder });

/** Connections one after the other, a minute apart, from the addresses that the letters stand for. */
const fromAddresses = (letters: string, apartMs = 60_000): readonly HeldConnection[] =>
  Array.from(letters, (address, index) => ({ since: NOON + index * apartMs, address }));

const remembered = (holders: readonly HeldConnection[]): TakeOvers | undefined =>
  holders.reduce<TakeOvers | undefined>((found, holder) => withTakeOver(found, seen(holder)) ?? found, undefined);

const isSuspected = (holders: readonly HeldConnection[]): boolean => {
  const found = remembered(holders);
  return found !== undefined && isAlternating(found);
};

describe('Connections that others take over', () => {
  test.each([
    ['two devices that take it from each other', 'ABABA'],
    ['two of which one keeps its place for a while', 'ABBAAB' + 'A'],
    ['three devices', 'ABCABC'],
    ['two, one of which roams', 'ABCBDBEB'],
  ])('are suspected to be of a clone: %s', (_, letters) => {
    expect(isSuspected(fromAddresses(letters))).toBe(true);
  });

  test.each([
    ['a device that loses its network and returns', 'AAAAAAAA'],
    ['a device that roams once', 'AAAABBBB'],
    ['a device that roams all the time', 'ABCDEFGH'],
    ['a device that goes to another network and returns, twice', 'AABBAABB'],
  ])('are not suspected: %s', (_, letters) => {
    expect(isSuspected(fromAddresses(letters))).toBe(false);
  });

  test('are not suspected where half an hour lies between them', () => {
    expect(isSuspected(fromAddresses('ABABABAB', 16 * 60_000))).toBe(false);
  });

  test('begin anew with another credential: a device that was given one leaves its old connection behind', () => {
    const before = remembered(fromAddresses('ABAB'));
    const after = withTakeOver(before, seen({ since: NOON + 600_000, address: 'A' }, aCertificateId('second')));
    expect(after).toMatchObject({ principal: aCertificateId('second'), held: [{ address: 'A' }], version: 5 });
  });

  test('are told by their addresses, the latest first', () => {
    expect(addressesOf({ held: fromAddresses('ABAC') })).toEqual(['C', 'A', 'B']);
  });
});

const connections = fc.uniqueArray(
  fc.record({ since: fc.integer({ min: NOON, max: NOON + 3_600_000 }), address: fc.constantFrom('A', 'B', 'C') }),
  { selector: ({ since }) => since, minLength: 1, maxLength: 20 },
);

/** The same connections, each seen once or more, in any order. */
const seenAnyhow = connections.chain((each) =>
  fc
    .tuple(fc.constant(each), fc.array(fc.constantFrom(...each), { maxLength: 20 }))
    .chain(([all, again]) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }))),
);

describe('What is remembered of them', () => {
  test('is the same however late, how often and in which order they are seen', () => {
    fc.assert(
      fc.property(seenAnyhow, ([inOrder, anyhow]) => {
        const sorted = inOrder.toSorted((one, other) => one.since - other.since);
        expect(remembered(anyhow)?.held).toEqual(remembered(sorted)?.held);
      }),
    );
  });

  test('is bounded, and says of a connection that was known already that nothing is new', () => {
    fc.assert(
      fc.property(connections, (all) => {
        const found = remembered(all);
        expect(found?.held.length).toBeLessThanOrEqual(8);
        for (const holder of found?.held ?? []) expect(withTakeOver(found, seen(holder))).toBeUndefined();
      }),
    );
  });

  test('never suspects a device that roams once, in whatever order that is heard', () => {
    const roaming = fc
      .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }))
      .map(([before, after]) => fromAddresses('A'.repeat(before) + 'B'.repeat(after)))
      .chain((all) => fc.shuffledSubarray([...all, ...all], { minLength: all.length }));
    fc.assert(
      fc.property(roaming, (heard) => {
        expect(isSuspected(heard)).toBe(false);
      }),
    );
  });
});
