import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import * as z from 'zod/mini';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { startOnboardingFloor } from '../floor/onboarding-floor.ts';
import { startOnboardingFleet } from '../onboarding-fleet.ts';

/** Devices per batch, and how many of them are on the way at once. */
const BATCH = 96;
const AT_ONCE = 16;
/** Thrown away: both sides run faster once their code is compiled, and the one with more code later. */
const WARM_UP_ROUNDS = 5;

interface Onboarder {
  onboard(serial: SerialNumber): Promise<void>;
}

const batchOf = (round: string): readonly SerialNumber[] =>
  Array.from({ length: BATCH }, (_, index) => z.parse(serialNumber, `BENCH-${round}-${index}`));

const devicesPerSecond = async (onboarder: Onboarder, serials: readonly SerialNumber[]): Promise<number> => {
  const waiting = [...serials];
  const begunMs = performance.now();
  const worker = async (): Promise<void> => {
    for (let serial = waiting.shift(); serial !== undefined; serial = waiting.shift()) await onboarder.onboard(serial);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return serials.length / ((performance.now() - begunMs) / 1000);
};

export const onboardingRate: Figure = {
  name: 'onboarding-rate',
  what: 'devices onboarded per second against handshakes, keys, CSRs and signatures alone, in turn',
  unit: 'x',
  limit: { atLeast: 0.6 },
  sample: async () => {
    const floor = await startOnboardingFloor();
    const fleet = await startOnboardingFleet();
    try {
      const rates: { fleet: number; floor: number }[] = [];
      for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1) {
        const serials = batchOf(String(round));
        await fleet.enroll(serials);
        rates.push({ fleet: await devicesPerSecond(fleet, serials), floor: await devicesPerSecond(floor, serials) });
      }
      const counted = rates.slice(WARM_UP_ROUNDS);
      const absolute = `${median(counted.map((rate) => rate.fleet)).toFixed(1)} devices/s against ${median(counted.map((rate) => rate.floor)).toFixed(1)}`;
      return { values: counted.map((rate) => rate.fleet / rate.floor), absolute };
    } finally {
      await Promise.all([floor.stop(), fleet.stop()]);
    }
  },
};
