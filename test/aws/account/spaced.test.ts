import { spaced } from '../../../aws/account/spaced.ts';

test('Calls begin in order and apart, the first at once', async () => {
  const begun: { at: number; what: string }[] = [];
  const call = spaced(30, (what: string) => {
    begun.push({ at: performance.now(), what });
    return Promise.resolve(what);
  });
  const start = performance.now();
  expect(await Promise.all(['a', 'b', 'c'].map((what) => call(what)))).toEqual(['a', 'b', 'c']);
  expect(begun.map(({ what }) => what)).toEqual(['a', 'b', 'c']);
  expect((begun[0]?.at ?? 0) - start).toBeLessThan(20);
  // Timers may fire a millisecond early.
  expect((begun[2]?.at ?? 0) - start).toBeGreaterThanOrEqual(55);
});

test('A call that fails holds nobody up', async () => {
  const call = spaced(1, (fails: boolean) => (fails ? Promise.reject(new Error('no')) : Promise.resolve('yes')));
  const [first, second] = await Promise.allSettled([call(true), call(false)]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
});
