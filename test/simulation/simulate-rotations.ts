import { simulateRotation } from './simulate-rotation.ts';

/** How many rotations went; all of them but `rotated`, `withdrawn`, `runs` and `cuts` must be 0. */
export interface SimulationReport {
  readonly rotations: number;
  readonly rotated: number;
  readonly withdrawn: number;
  readonly runs: number;
  readonly cuts: number;
  readonly bricked: number;
  /** Certificates that are active at the end beside the one that the device uses. */
  readonly oldStillActive: number;
  /** A seed and what is wrong with it. */
  readonly faults: readonly string[];
}

/** Simulates that many rotations, each of another device with bad luck of its own. */
export const simulateRotations = async (count: number, firstSeed: number, told?: (done: number) => void): Promise<SimulationReport> => {
  const sum = { rotations: 0, rotated: 0, withdrawn: 0, runs: 0, cuts: 0, bricked: 0, oldStillActive: 0, faults: [] as string[] };
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const { runs, cuts, isRotated, isBricked, active, faults } = await simulateRotation(seed);
    sum.rotations += 1;
    sum[isRotated ? 'rotated' : 'withdrawn'] += 1;
    sum.runs += runs;
    sum.cuts += cuts;
    sum.bricked += isBricked ? 1 : 0;
    sum.oldStillActive += Math.max(0, active - 1);
    sum.faults.push(...faults.map((fault) => `seed ${seed}: ${fault}`));
    told?.(sum.rotations);
  }
  return sum;
};
