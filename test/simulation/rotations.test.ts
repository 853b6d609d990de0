import { simulateRotations } from './simulate-rotations.ts';

const COUNT = 300;

describe('rotations with power cuts, lost and doubled messages, throttles, late answers, withdrawals and clocks that jump', () => {
  test('brick no device, and leave one certificate active each', async () => {
    const report = await simulateRotations(COUNT, 1);
    expect(report).toMatchObject({ rotations: COUNT, bricked: 0, oldStillActive: 0, faults: [] });
    // Otherwise it would show nothing.
    expect(report.rotated).toBeGreaterThan(COUNT / 3);
    expect(report.withdrawn).toBeGreaterThan(COUNT / 10);
    expect(report.cuts).toBeGreaterThan(COUNT / 2);
  }, 120_000);
});
