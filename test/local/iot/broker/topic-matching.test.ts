import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { SubscriptionIndex } from '../../../../local/iot/broker/subscription-index.ts';
import { filterMatches } from '../../../../local/iot/broker/topic-matching.ts';

describe('a filter', () => {
  test.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a/', true],
    ['a/+', 'a', false],
    ['+', 'a', true],
    ['#', 'a/b/c', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a/', true],
    ['a/#', 'a', false],
    ['#', '$aws/events/x', false],
    ['+/events/x', '$aws/events/x', false],
    ['$aws/events/#', '$aws/events/x', true],
    ['$aws/+/x', '$aws/events/x', true],
  ])('%s against %s is %s', (filter, topic, matches) => {
    expect(filterMatches(filter, topic)).toBe(matches);
  });
});

const level = fc.constantFrom('a', 'b', '', '$x');
const topics = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'));

describe('the index of subscriptions', () => {
  test('finds exactly the filters that match one by one, also after some were removed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(filters, { maxLength: 12 }), fc.array(fc.nat(11)), topics, (all, removals, topic) => {
        const index = new SubscriptionIndex<string, true>();
        for (const filter of all) index.add(filter, filter, true);
        const removed = new Set(removals.flatMap((at) => all[at] ?? []));
        for (const filter of removed) index.remove(filter, filter);
        const found: string[] = [];
        index.forEachMatch(topic, (subscriber) => found.push(subscriber));
        const expected = all.filter((filter) => !removed.has(filter) && filterMatches(filter, topic));
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });
});
