import { isPair } from '../../device/store/key-pair.ts';
import { Power, PowerCut } from '../fakes/power.ts';
import { calm } from '../fakes/rotation-cloud.ts';
import { createRotationBench, type RotationBench } from '../fakes/rotation-bench.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { anyTime, stormy } from './moods.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** For so many runs everything may go wrong; then nothing does, and so many must do. */
const STORMY_RUNS = 25;
const CALM_RUNS = 25;
/** A little more than a rotation has moments at which power can fail. */
const MOMENTS = 230;
/** What a clock may show that was never set, or wrongly. */
const OTHER_TIMES = [0, Date.UTC(2106, 1, 7)];

/** How one rotation went. */
export interface SimulatedRotation {
  readonly runs: number;
  readonly cuts: number;
  /** Whether the device ended with another certificate. */
  readonly isRotated: boolean;
  /** Whether it was ever without a credential that the cloud accepts. */
  readonly isBricked: boolean;
  /** Certificates that are active when all is over. */
  readonly active: number;
  /** What is not as it must be. */
  readonly faults: readonly string[];
}

/** One rotation of one device, with all the bad luck that the seed stands for. */
export const simulateRotation = async (seed: number): Promise<SimulatedRotation> => {
  const random = seededRandom(seed);
  const bench = await createRotationBench(random);
  const { cloud, time } = bench;
  const faults: string[] = [];
  cloud.moods = stormy(random, 0.4 * random());
  cloud.endsJobs = random() < 0.9;
  begin(bench, random);
  let cuts = 0;
  let runs = 0;
  for (; runs < STORMY_RUNS + CALM_RUNS; runs += 1) {
    if (runs === STORMY_RUNS) calmDown(bench);
    if (await runOnce(bench, runs < STORMY_RUNS ? random : () => 1)) cuts += 1;
    faults.push(...(await faultsNow(bench)));
    await time.advance(anyTime(random, SECOND_MS, HOUR_MS));
    faults.push(...(await faultsNow(bench)));
    if (await isSettled(bench)) break;
  }
  calmDown(bench);
  // Where a device could not say that it gave up, the cloud finds out when the time is over.
  await time.advance(DAY_MS);
  await bench.run();
  await time.advance(DAY_MS);
  if (!(await isSettled(bench))) faults.push('it does not settle');
  faults.push(...(await faultsNow(bench)), ...(await faultsAtTheEnd(bench)));
  const { certificate } = await bench.inUse();
  const isRotated = certificate !== bench.first.certificatePem;
  return { runs, cuts, isRotated, isBricked: faults.includes('bricked'), active: cloud.active.length, faults: [...new Set(faults)] };
};

const begin = ({ cloud, time }: RotationBench, random: () => number): void => {
  cloud.start('job-1', anyTime(random, 10 * MINUTE_MS, DAY_MS));
  // By a person, or by the planner whose clock is wrong: at any moment.
  if (random() < 0.4)
    time.later(anyTime(random, SECOND_MS, HOUR_MS), () => {
      cloud.withdraw();
    });
  const watch = (): void => {
    const isGivenUp = ['FAILED', 'REJECTED'].includes(cloud.jobs.statusOf('job-1') ?? '');
    if (isGivenUp || time.cloudNow >= (cloud.enrollment.rotation?.until ?? Infinity)) cloud.withdraw();
    time.later(5 * MINUTE_MS, watch);
  };
  watch();
};

const calmDown = ({ cloud, time }: RotationBench): void => {
  cloud.moods = calm;
  time.ahead = { device: 0, cloud: 0 };
};

// Every clock may jump between two runs; power may fail at any moment of one.
const runOnce = async ({ time, medium, run }: RotationBench, random: () => number): Promise<boolean> => {
  for (const whose of ['device', 'cloud'] as const) if (random() < 0.2) time.ahead[whose] = jump(time.now() - time.ahead.device, random);
  const power = new Power(random() < 0.6 ? 1 + Math.floor(random() * MOMENTS) : Infinity);
  try {
    await run(power);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    medium.recover(() => random() < 0.5);
  }
  return power.isCut;
};

const jump = (now: number, random: () => number): number => {
  const to = OTHER_TIMES[Math.floor(random() * (OTHER_TIMES.length + 2))];
  return to === undefined ? Math.floor((random() - 0.5) * 2 * HOUR_MS) : to - now;
};

const isSettled = async ({ cloud, rotation }: RotationBench): Promise<boolean> => {
  const stage = (await rotation())?.stage ?? 'ended';
  return cloud.enrollment.state === 'active' && cloud.enrollment.toRetire.length === 0 && stage === 'ended';
};

const faultsNow = async ({ cloud, held, inUse }: RotationBench): Promise<readonly string[]> => {
  const { certificate, key } = await inUse();
  return [
    ...((await held()).some((pem) => cloud.accepts(pem)) ? [] : ['bricked']),
    ...(isPair(certificate, key) ? [] : ['certificate and key in use do not fit']),
  ];
};

const faultsAtTheEnd = async ({ cloud, held, inUse }: RotationBench): Promise<readonly string[]> => {
  const { certificate = '' } = await inUse();
  return [
    ...(cloud.active.length === 1 ? [] : [`${cloud.active.length} certificates are active`]),
    ...(cloud.accepts(certificate) ? [] : ['what programs use is not accepted']),
    ...(new Set(await held()).size === 1 ? [] : ['something old is left on the device']),
  ];
};
