import { RunningClock } from '../../local/running-clock.ts';

describe('The running clock', () => {
  test('runs with the time of the machine', async () => {
    const clock = new RunningClock();
    const before = clock.now();
    await new Promise<void>((resolve) => {
      clock.setTimer(resolve, 20);
    });
    expect(clock.now() - before).toBeGreaterThanOrEqual(19);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(5);
  });

  test('jumps ahead, firing what falls due in order and each at its own time', () => {
    const clock = new RunningClock();
    const start = clock.now();
    const fired: string[] = [];
    const note = (name: string) => () => fired.push(`${name} after ${Math.round((clock.now() - start) / 1000)} s`);
    clock.setTimer(note('late'), 60_000);
    clock.setTimer(() => {
      note('early')();
      clock.setTimer(note('chained'), 10_000);
    }, 30_000);
    clock.setTimer(note('never'), 61_500);
    clock.setTimer(note('cancelled'), 1000).cancel();
    clock.advance(60_500);
    expect(fired).toEqual(['early after 30 s', 'chained after 40 s', 'late after 60 s']);
    expect(clock.now() - start).toBeGreaterThanOrEqual(60_500);
    expect(clock.now() - start).toBeLessThan(61_000);
  });

  test('fires what is left sooner after a jump', async () => {
    const clock = new RunningClock();
    const fired = new Promise<void>((resolve) => {
      clock.setTimer(resolve, 3_600_000);
    });
    clock.advance(3_599_990);
    await fired;
  });

  test('holds delays that are longer than Node’s timers do', async () => {
    const clock = new RunningClock();
    let isFired = false;
    clock.setTimer(() => {
      isFired = true;
    }, 30 * 86_400_000);
    await new Promise<void>((resolve) => {
      clock.setTimer(resolve, 10);
    });
    expect(isFired).toBe(false);
    clock.advance(30 * 86_400_000);
    expect(isFired).toBe(true);
  });
});
