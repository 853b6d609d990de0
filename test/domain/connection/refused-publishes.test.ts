import fc from 'fast-check';
import { type RefusedPublish, type RefusedPublishes, isPrincipalOf, withRefused } from '../../../domain/connection/refused-publishes.ts';
import { principalOf } from '../../../domain/connection/principal.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';

const { thingName } = anEnrollment();
const ENOUGH = 4;
const MINUTE_MS = 60_000;

const add = (found: RefusedPublishes | undefined, ...refused: readonly RefusedPublish[]) =>
  withRefused(found, thingName, { refused, enough: ENOUGH }) ?? found;

const after = (...minutes: readonly number[]): readonly RefusedPublish[] =>
  minutes.map((minute, index) => ({ id: `${index}`, at: NOON + minute * MINUTE_MS }));

const countOf = (refused: readonly RefusedPublish[]): number | undefined => add(undefined, ...refused)?.seen.length;

describe('Refused messages', () => {
  test('count while the latest is less than five minutes away', () => {
    expect(countOf(after(0, 1, 2, 4.9))).toBe(4);
    expect(countOf(after(0, 1, 2, 5))).toBe(3);
    expect(countOf(after(0, 10, 20))).toBe(1);
  });

  test('are no news a second time', () => {
    const found = add(undefined, ...after(0, 1));
    expect(withRefused(found, thingName, { refused: after(0, 1), enough: ENOUGH })).toBeUndefined();
  });

  test('come to the same in any order, any parts and however often, and are never more than enough', () => {
    const one = fc.record({ id: fc.integer({ min: 0, max: 20 }).map(String), at: fc.constant(0) });
    const some = fc.array(one, { minLength: 1 }).map((all) => all.map(({ id }) => ({ id, at: NOON + Number(id) * MINUTE_MS })));
    const orders = some.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length })),
    );
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        const atOnce = add(undefined, ...all)?.seen;
        const oneByOne = shuffled.reduce<RefusedPublishes | undefined>((found, next) => add(found, next), undefined)?.seen;
        expect(oneByOne).toEqual(atOnce);
        expect(atOnce?.length).toBeLessThanOrEqual(ENOUGH);
      }),
    );
  });
});

describe('A principal in the log of AWS IoT', () => {
  test('is that of a device by any certificate that it was issued', () => {
    const device = anEnrollment({ certificates: [aCertificate('one'), aCertificate('two')] });
    expect(['one', 'two', 'three'].map((name) => isPrincipalOf(device, aCertificateId(name)))).toEqual([true, true, false]);
  });

  test('is that of a device without one by the name that its authorizer gave it', () => {
    const device = anEnrollment({ approach: 'psk' });
    expect(isPrincipalOf(device, principalOf(thingName))).toBe(true);
    expect(isPrincipalOf(device, aCertificateId('one'))).toBe(false);
  });
});
