import { ItemLocks } from '../../../../local/dynamodb/items/item-locks.ts';

describe('item locks', () => {
  test('are held by one transaction at a time, all or none', () => {
    const locks = new ItemLocks();
    expect(locks.hold(['a', 'b'])).toBe(true);
    expect(locks.hold(['b', 'c'])).toBe(false);
    expect(locks.isHeld('c')).toBe(false);
    locks.release(['a', 'b']);
    expect(locks.hold(['b', 'c'])).toBe(true);
  });

  test('refuse a plain write to a held item', () => {
    const locks = new ItemLocks();
    locks.hold(['a']);
    expect(() => locks.write('a', () => Promise.resolve())).toThrow('Transaction is ongoing for the item');
  });

  test('let a transaction wait for the plain write that was there first', async () => {
    const locks = new ItemLocks();
    const written = Promise.withResolvers<string>();
    const write = locks.write('a', () => written.promise);
    expect(locks.isBusy('a')).toBe(true);
    locks.hold(['a']);
    let isQuiet = false;
    const quiet = locks.quiet(['a']).then(() => {
      isQuiet = true;
    });
    await Promise.resolve();
    expect(isQuiet).toBe(false);
    written.resolve('done');
    await quiet;
    expect(await write).toBe('done');
    locks.release(['a']);
    expect(locks.isBusy('a')).toBe(false);
  });
});
