import fc from 'fast-check';
import { dependencyOrder } from '../../../local/cloudformation/dependency-order.ts';

/** Graphs in which everything depends only on what was drawn before it, then shuffled. */
const acyclic = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 20 })
  .map((rows) => rows.map((row, index): [string, string[]] => [`n${index}`, index === 0 ? [] : row.map((at) => `n${at % index}`)]))
  .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }));

describe('The order of dependencies', () => {
  test('puts everything once, and after all that it needs', () => {
    fc.assert(
      fc.property(acyclic, (entries) => {
        const order = dependencyOrder(new Map(entries));
        expect([...order].sort()).toEqual(entries.map(([name]) => name).sort());
        for (const [name, needed] of entries) {
          expect(needed.every((other) => order.indexOf(other) < order.indexOf(name))).toBe(true);
        }
      }),
    );
  });

  test('is the given one where nothing demands another', () => {
    expect(
      dependencyOrder(
        new Map([
          ['b', []],
          ['a', []],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['b', 'a', 'c']);
  });

  test('does not exist for a circle, whose members are named', () => {
    const circle = new Map([
      ['x', ['a']],
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(() => dependencyOrder(circle)).toThrow('Circular dependency between resources: [a, b]');
  });
});
