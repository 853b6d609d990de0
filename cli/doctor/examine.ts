import type { Check, DoctorContext, DoctorPhase, Finding } from './check.ts';
import { look } from './look.ts';

/** A finding, and the check that made it. */
export interface Diagnosis extends Finding {
  readonly check: string;
}

const AT_A_TIME = 4;

const examineOne = (check: Check, context: DoctorContext): Promise<readonly Finding[]> =>
  look(`what "${check.name}" looks at`, () => check.run(context));

/** Runs the checks of a phase, a few at a time; what comes of them is told in their order. */
export const examine = async (all: readonly Check[], phase: DoctorPhase, context: DoctorContext): Promise<readonly Diagnosis[]> => {
  const checks = all.filter(({ phases }) => phases.includes(phase));
  const found = new Map<Check, readonly Diagnosis[]>();
  const left = [...checks];
  const work = async (): Promise<void> => {
    for (let check = left.shift(); check !== undefined; check = left.shift()) {
      const { name } = check;
      const findings = await examineOne(check, context);
      found.set(
        check,
        findings.map((finding) => ({ check: name, ...finding })),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return checks.flatMap((check) => found.get(check) ?? []);
};
