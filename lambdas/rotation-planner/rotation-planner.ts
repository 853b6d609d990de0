import { planLine } from './plan-line.ts';
import type { Planner } from './planner.ts';
import { tellProgress } from './tell-progress.ts';

/** A run is over before the next begins, five minutes later. */
const BUDGET_MS = 200_000;

/** Plans each line's rotations. One that cannot be planned does not keep the others from theirs: the next run tries again. */
export const createRotationPlanner = (planner: Planner) => async (): Promise<void> => {
  const until = planner.clock.now() + BUDGET_MS;
  for (const rotation of planner.rotations) {
    if (planner.clock.now() >= until) return;
    try {
      await planLine(planner, rotation);
      await tellProgress(planner, rotation.line);
    } catch (fault) {
      planner.faults.report(fault);
    }
  }
};
