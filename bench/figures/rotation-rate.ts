import * as z from 'zod/mini';
import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { type HandshakeFloor, type Identity, startHandshakeFloor } from '../floor/handshake-floor.ts';
import { ratePerSecond } from '../rate-per-second.ts';
import { startRotationFleet } from '../rotation-fleet.ts';
import { type StreamPace, streamRotations } from '../rotation-stream.ts';

/**
 * They rotate in a steady stream, each again as soon as it is through: what one waits for, seconds until the cloud has seen it, is hidden
 * behind the others. A rotation counts when the old certificate is gone.
 */
const DEVICES = 256;
const times = { fillMs: 15_000, countedMs: 15_000 };
const FLOOR_DEVICES = 96;
const FLOOR_AT_ONCE = 16;
/** Thrown away: both sides run faster once their code is compiled. */
const WARM_UP_ROUNDS = 1;

const serials = Array.from({ length: DEVICES }, (_, index) => z.parse(serialNumber, `BENCH-${index}`));

const medianOf = (paces: readonly StreamPace[]): StreamPace => ({
  perSecond: median(paces.map(({ perSecond }) => perSecond)),
  cpuMs: median(paces.map(({ cpuMs }) => cpuMs)),
});

/** Devices of the floor come with what they were given last, too. */
const paceOnFloor = (floor: HandshakeFloor) => {
  const held = new Map<SerialNumber, Identity>();
  const some = serials.slice(0, FLOOR_DEVICES);
  return async (): Promise<StreamPace> => {
    const before = process.cpuUsage();
    const perSecond = await ratePerSecond(some, FLOOR_AT_ONCE, async (serial) => {
      held.set(serial, await floor.exchange(serial, held.get(serial) ?? floor.claim));
    });
    const { user, system } = process.cpuUsage(before);
    return { perSecond, cpuMs: (user + system) / 1000 / some.length };
  };
};

export const rotationRate: Figure = {
  name: 'rotation-rate',
  what: `certificates rotated per second, of ${DEVICES} devices on the way, against handshakes, keys, CSRs and signatures alone, in turn`,
  unit: 'x',
  limit: { atLeast: 0.6 },
  sample: async () => {
    const floor = await startHandshakeFloor();
    const fleet = await startRotationFleet(serials);
    try {
      const onFloor = paceOnFloor(floor);
      const rounds: { fleet: StreamPace; floor: StreamPace }[] = [];
      for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1)
        rounds.push({ fleet: await streamRotations(fleet, serials, times), floor: await onFloor() });
      const counted = rounds.slice(WARM_UP_ROUNDS);
      const [ours, least] = [medianOf(counted.map((round) => round.fleet)), medianOf(counted.map((round) => round.floor))];
      const absolute = `${ours.perSecond.toFixed(1)} rotations/s against ${least.perSecond.toFixed(1)}, of ${ours.cpuMs.toFixed(0)} ms CPU each against ${least.cpuMs.toFixed(0)}`;
      return { values: counted.map((round) => round.fleet.perSecond / round.floor.perSecond), absolute };
    } finally {
      await Promise.all([floor.stop(), fleet.stop()]);
    }
  },
};
