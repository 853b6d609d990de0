import * as z from 'zod/mini';
import { eventually } from '../../demo/eventually.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import type { Figure } from '../figure.ts';
import { type RotationFleet, startRotationFleet } from '../rotation-fleet.ts';
import { billFor, measureUsage } from '../usage.ts';

/** As many as the planner's first wave brings its job to within a minute. */
const DEVICES = 24;
const COMPLETE_MS = 120_000;
/** So many of what costs most are told. */
const DEAREST = 4;

const serials = Array.from({ length: DEVICES }, (_, index) => z.parse(serialNumber, `BENCH-${index}`));

const all = (what: string, count: () => Promise<number>) =>
  eventually(what, async () => ((await count()) === DEVICES ? true : undefined), COMPLETE_MS);

// From the planner's look that finds them due to that which finds their jobs at an end.
const rotateAll = async (fleet: RotationFleet): Promise<number> => {
  await fleet.plan();
  await all('the planning of all', () => fleet.asked());
  await Promise.all(serials.map((serial) => fleet.rotate(serial)));
  await all('the rotation of all', async () => (await fleet.complete(serials)).length);
  await fleet.plan();
  return DEVICES;
};

/** The whole of a rotation: planner, jobs, renewal, activation, and retirement, as a local AWS counts them. */
export const rotationCost: Figure = {
  name: 'rotation-cost',
  what: `requests that functions make for each of ${DEVICES} devices that rotate, from the planner's look to the end of the old certificate`,
  unit: '/device',
  limit: { atMost: 20 },
  sample: async () => {
    const fleet = await startRotationFleet(serials);
    try {
      await fleet.makeDue();
      const { requests, usage } = await measureUsage(fleet.local, () => rotateAll(fleet));
      const { usd, items } = billFor(usage);
      const dearest = items.slice(0, DEAREST).map(([name, part]) => `${name} ${(part / DEVICES).toFixed(6)}`);
      const absolute = `${(usd / DEVICES).toFixed(6)} USD for each: ${dearest.join(', ')}; ${(usage.message / DEVICES).toFixed(1)} messages`;
      return { values: [requests / DEVICES], absolute };
    } finally {
      await fleet.stop();
    }
  },
};
