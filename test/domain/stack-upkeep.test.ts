import fc from 'fast-check';
import { type Version, versionsInTheWay } from '../../domain/stack-upkeep.ts';

const versions = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
  .chain((ids) =>
    fc.nat({ max: ids.length - 1 }).map((chosen) => ids.map((id, index): Version => ({ id: String(id), isDefault: index === chosen }))),
  );

describe('The versions that stand in the way of the next one', () => {
  test('are the oldest, by number and not by letter', () => {
    const all = ['10', '6', '7', '8', '9'].map((id): Version => ({ id, isDefault: id === '10' }));
    expect(versionsInTheWay(all)).toEqual(['6', '7']);
  });

  test('are none where there is room', () => {
    expect(versionsInTheWay([])).toEqual([]);
    expect(versionsInTheWay(['1', '2', '3'].map((id): Version => ({ id, isDefault: id === '1' })))).toEqual([]);
  });

  test('leave room for two more, and never count the one in force, whichever that is', () => {
    fc.assert(
      fc.property(versions, (all) => {
        const gone = versionsInTheWay(all);
        const left = all.filter(({ id }) => !gone.includes(id));
        expect(left.length).toBeLessThanOrEqual(3);
        expect(left.some(({ isDefault }) => isDefault)).toBe(true);
      }),
    );
  });
});
