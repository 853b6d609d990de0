import { Turns } from '../../../local/lambda/turns.ts';

/** Something that goes on until it is told to end. */
const task = () => {
  let end = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { isOver, end };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Turns', () => {
  test('let so many at once act under a name, the others in the order in which they came', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    const tasks = [task(), task(), task(), task()];
    const all = tasks.map(({ isOver }, index) =>
      turns.take('a', () => {
        begun.push(index);
        return isOver;
      }),
    );
    await settled();
    expect(begun).toEqual([0, 1]);
    tasks[1]?.end();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const { end } of tasks) end();
    await Promise.all(all);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  test('keep nobody waiting for another name, nor for what failed', async () => {
    const turns = new Turns(1);
    const first = task();
    const waiting = turns.take('a', () => first.isOver);
    expect(await turns.take('b', () => Promise.resolve('b'))).toBe('b');
    first.end();
    await waiting;
    await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take('a', () => Promise.resolve('again'))).toBe('again');
  });
});
