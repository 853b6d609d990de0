import * as z from 'zod/mini';
import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { type HandshakeFloor, type Identity, startHandshakeFloor } from '../floor/handshake-floor.ts';
import { ratePerSecond } from '../rate-per-second.ts';
import { startRotationFleet } from '../rotation-fleet.ts';

/**
 * They rotate again in each round, all at once: what a device waits for, a second and a half before it connects again and until the
 * cloud has seen it, is hidden behind the others as far as that goes.
 */
const DEVICES = 48;
const AT_ONCE = DEVICES;
const FLOOR_AT_ONCE = 16;
/** Thrown away: both sides run faster once their code is compiled. */
const WARM_UP_ROUNDS = 1;

const serials = Array.from({ length: DEVICES }, (_, index) => z.parse(serialNumber, `BENCH-${index}`));

interface Pace {
  readonly perSecond: number;
  /** Of this process, for each device: what is left of its time was waited. */
  readonly cpuMs: number;
}

const paceOf = async (atOnce: number, act: (serial: SerialNumber) => Promise<void>): Promise<Pace> => {
  const before = process.cpuUsage();
  const perSecond = await ratePerSecond(serials, atOnce, act);
  const { user, system } = process.cpuUsage(before);
  return { perSecond, cpuMs: (user + system) / 1000 / serials.length };
};

const medianOf = (paces: readonly Pace[]): Pace => ({
  perSecond: median(paces.map(({ perSecond }) => perSecond)),
  cpuMs: median(paces.map(({ cpuMs }) => cpuMs)),
});

/** Devices of the floor come with what they were given last, too. */
const rotateOnFloor = (floor: HandshakeFloor) => {
  const held = new Map<SerialNumber, Identity>();
  return async (serial: SerialNumber): Promise<void> => {
    held.set(serial, await floor.exchange(serial, held.get(serial) ?? floor.claim));
  };
};

export const rotationRate: Figure = {
  name: 'rotation-rate',
  what: 'certificates rotated per second against handshakes, keys, CSRs and signatures alone, in turn',
  unit: 'x',
  limit: { atLeast: 0.6 },
  sample: async () => {
    const floor = await startHandshakeFloor();
    const fleet = await startRotationFleet(serials);
    try {
      const onFloor = rotateOnFloor(floor);
      const rounds: { fleet: Pace; floor: Pace }[] = [];
      for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1) {
        await fleet.ask();
        rounds.push({
          fleet: await paceOf(AT_ONCE, (serial) => fleet.rotate(serial)),
          floor: await paceOf(FLOOR_AT_ONCE, onFloor),
        });
      }
      const counted = rounds.slice(WARM_UP_ROUNDS);
      const [ours, least] = [medianOf(counted.map((round) => round.fleet)), medianOf(counted.map((round) => round.floor))];
      const absolute = `${ours.perSecond.toFixed(1)} rotations/s against ${least.perSecond.toFixed(1)}, of ${ours.cpuMs.toFixed(0)} ms CPU each against ${least.cpuMs.toFixed(0)}`;
      return { values: counted.map((round) => round.fleet.perSecond / round.floor.perSecond), absolute };
    } finally {
      await Promise.all([floor.stop(), fleet.stop()]);
    }
  },
};
