import { seededRandom } from '../fakes/seeded-random.ts';
import { rotateOnTheWire } from '../simulation/rotate-on-the-wire.ts';
import { type Stage, openStage } from './drivers/stage.ts';

const COUNT = 20;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('muster-device rotate', () => {
  test('replaces the certificates of devices whose power is cut again and again, and retires the old ones', async () => {
    const report = await rotateOnTheWire(stage, { line: 'meter', name: 'ROTATED', count: COUNT, random: seededRandom(1) });
    expect(report).toMatchObject({ rotated: COUNT, faults: [] });
    expect(report.cuts).toBeGreaterThan(COUNT / 2);
  }, 240_000);
});
