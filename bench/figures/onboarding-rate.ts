import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { startHandshakeFloor } from '../floor/handshake-floor.ts';
import { startOnboardingFleet } from '../onboarding-fleet.ts';
import { ratePerSecond } from '../rate-per-second.ts';

/** Devices per batch: so many that its beginning and its end are a small part of it, and activation, which gathers for seconds, is part of each. */
const BATCH = 288;
/** How many of them are on the way at once. */
const AT_ONCE = 16;
/** Thrown away: both sides run faster once their code is compiled, and the one with more code later. */
const WARM_UP_ROUNDS = 4;

const configurationFile = join(import.meta.dirname, '../onboarding.config.json');

const batchOf = (round: string): readonly SerialNumber[] =>
  Array.from({ length: BATCH }, (_, index) => z.parse(serialNumber, `BENCH-${round}-${index}`));

export const onboardingRate: Figure = {
  name: 'onboarding-rate',
  what: 'devices onboarded per second against handshakes, keys, CSRs and signatures alone, in turn',
  unit: 'x',
  limit: { atLeast: 0.6 },
  sample: async () => {
    const floor = await startHandshakeFloor();
    const fleet = await startOnboardingFleet(configurationFile);
    try {
      const rates: { fleet: number; floor: number }[] = [];
      for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1) {
        const serials = batchOf(String(round));
        await fleet.enroll(serials.map((serial) => ({ serial })));
        rates.push({
          fleet: await ratePerSecond(serials, AT_ONCE, (serial) => fleet.onboard(serial)),
          floor: await ratePerSecond(serials, AT_ONCE, (serial) => floor.exchange(serial, floor.claim)),
        });
      }
      const counted = rates.slice(WARM_UP_ROUNDS);
      const absolute = `${median(counted.map((rate) => rate.fleet)).toFixed(1)} devices/s against ${median(counted.map((rate) => rate.floor)).toFixed(1)}`;
      return { values: counted.map((rate) => rate.fleet / rate.floor), absolute };
    } finally {
      await Promise.all([floor.stop(), fleet.stop()]);
    }
  },
};
