import fc from 'fast-check';
import { allocate, tenantOf } from '../../../domain/admission/allocation.ts';
import type { AllocationRule } from '../../../domain/line-settings.ts';
import { aTenant } from '../../builders/identifiers.ts';

const rules: readonly AllocationRule[] = [
  { when: { market: ['de', 'fr'], tier: ['gold'] }, tenant: aTenant('globex'), group: 'gold' },
  { when: { market: ['de', 'fr'] }, group: 'europe', configuration: { reportSeconds: 60 } },
  { when: {}, tenant: aTenant('acme') },
];

describe('The rules of a line', () => {
  test('choose by the first that fits all of its attributes', () => {
    expect(allocate(rules, { market: 'de', tier: 'gold' })).toMatchObject({ group: 'gold' });
    expect(allocate(rules, { market: 'fr', tier: 'tin' })).toEqual({ group: 'europe', configuration: { reportSeconds: 60 } });
    expect(allocate(rules, { market: 'us' })).toEqual({});
  });

  test('decide as a whole: what the first that fits does not say, no later one says', () => {
    expect(tenantOf(rules, { market: 'de' })).toBeUndefined();
    expect(tenantOf(rules, { market: 'de', tier: 'gold' })).toBe('globex');
  });

  test('with no condition fit a device without attributes', () => {
    expect(tenantOf(rules, undefined)).toBe('acme');
  });

  test('choose nothing where there are none', () => {
    expect([allocate([], { market: 'de' }), tenantOf([], {})]).toEqual([{}, undefined]);
  });

  test('are not taken in by attributes that every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const rule = { when: Object.fromEntries([[name, ['x']]]), tenant: aTenant() };
      expect(tenantOf([rule], {})).toBeUndefined();
    }
  });

  test('never choose more for a device that says less', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('market', 'tier'), fc.constantFrom('de', 'fr', 'gold', 'us')), (attributes) => {
        const { group } = allocate(rules, attributes);
        if (group === 'gold') expect(attributes).toMatchObject({ tier: 'gold' });
        if (group === undefined) expect(['de', 'fr']).not.toContain(attributes['market']);
      }),
    );
  });
});
