import { setTimeout } from 'node:timers/promises';
import type { SerialNumber } from '../domain/serial-number.ts';
import type { RotationFleet } from './rotation-fleet.ts';

interface StreamTimes {
  /** Until every device has begun, and the first are through: what ends by then is not counted. */
  readonly fillMs: number;
  readonly countedMs: number;
}

export interface StreamPace {
  readonly perSecond: number;
  /** Of this process, for each rotation that is counted. */
  readonly cpuMs: number;
}

/** As many items does a request read, and as many things does a job name. */
const THINGS_AT_A_TIME = 100;
/** Whoever comes through within this time is seen and asked again at once. */
const GATHERING_MS = 400;
/** At most so many are asked at a time, so that they do not go in lockstep. */
const SHARE = 0.1;

/**
 * Has devices rotate without a pause, each asked again as soon as it is through, and counts those that come through within a time in the
 * middle. What a device waits for is hidden behind the others. Resolves when all are through that have begun.
 */
export const streamRotations = async (
  fleet: Pick<RotationFleet, 'ask' | 'rotate' | 'complete'>,
  serials: readonly SerialNumber[],
  { fillMs, countedMs }: StreamTimes,
): Promise<StreamPace> => {
  const begunMs = performance.now();
  const [fromMs, untilMs] = [begunMs + fillMs, begunMs + fillMs + countedMs];
  const toAsk = new Set(serials);
  const rotating = new Set<SerialNumber>();
  const rotated = new Set<SerialNumber>();
  let counted = 0;
  let failure: Error | undefined;

  const begin = async (serial: SerialNumber): Promise<void> => {
    rotating.add(serial);
    try {
      await fleet.rotate(serial);
      rotated.add(serial);
    } catch (fault) {
      failure ??= new Error(`"${serial}" did not rotate`, { cause: fault });
    }
    rotating.delete(serial);
  };
  const ask = async (most: number): Promise<void> => {
    const some = [...toAsk].slice(0, most);
    if (some.length === 0) return;
    for (const serial of some) toAsk.delete(serial);
    await fleet.ask(some);
    for (const serial of some) void begin(serial);
  };
  const count = async (): Promise<void> => {
    if (rotated.size === 0) return;
    const complete = await fleet.complete([...rotated].slice(0, THINGS_AT_A_TIME));
    const now = performance.now();
    for (const serial of complete) {
      rotated.delete(serial);
      toAsk.add(serial);
    }
    if (now >= fromMs && now < untilMs) counted += complete.length;
  };

  const cpuMs = cpuBetween(fromMs, untilMs);
  const share = Math.ceil(serials.length * SHARE);
  while (performance.now() < untilMs && failure === undefined) {
    await Promise.all([count(), ask(share), setTimeout(GATHERING_MS)]);
  }
  while (rotating.size + rotated.size > 0 && failure === undefined) await Promise.all([count(), setTimeout(GATHERING_MS)]);
  if (failure !== undefined) throw failure;
  return { perSecond: counted / (countedMs / 1000), cpuMs: (await cpuMs) / counted };
};

const cpuBetween = async (fromMs: number, untilMs: number): Promise<number> => {
  await setTimeout(fromMs - performance.now());
  const before = process.cpuUsage();
  await setTimeout(untilMs - performance.now());
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
