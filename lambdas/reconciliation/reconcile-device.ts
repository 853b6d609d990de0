import type { Enrollment } from '../../domain/enrollment.ts';
import { compareEnrollment } from '../../domain/reconciliation/compare-enrollment.ts';
import type { Finding } from '../../domain/reconciliation/finding.ts';
import { inspectDevice } from './inspect-device.ts';
import type { Reconciled, Reconciler, Wishes } from './reconciler.ts';
import { repairDevice } from './repair.ts';
import { report } from './report.ts';
import { DAY_MS } from '../../domain/duration.ts';

export interface ReconciledDevice {
  /** As it stands after the repairs. */
  readonly enrollment: Enrollment;
  readonly reconciled: readonly Reconciled[];
}

export interface DeviceToReconcile {
  readonly enrollment: Enrollment;
  /** What is known to be wrong already. */
  readonly known?: readonly Finding[];
}

/** Compares one enrollment with AWS IoT, puts right what is safe, and puts on record what was found. */
export const reconcileDevice = async (
  reconciler: Reconciler,
  { enrollment: found, known = [] }: DeviceToReconcile,
  wishes: Wishes,
): Promise<ReconciledDevice> => {
  const at = reconciler.clock.now();
  const device = await inspectDevice(reconciler, found);
  const reconciled: Reconciled[] = [];
  let enrollment = found;
  for (const finding of [...known, ...compareEnrollment(found, device, at)]) {
    const done = await repairReported(reconciler, { enrollment, finding }, wishes);
    enrollment = done.enrollment;
    reconciled.push({ finding, result: done.result });
    // What fails for a moment, as the deletion of a certificate does right after it was detached, is no news.
    const isNews = done.result !== 'failed' || found.lastEvent.at + DAY_MS <= at;
    if (isNews) report(reconciler, { finding, result: done.result, state: `v${found.version}` }, wishes);
  }
  return { enrollment, reconciled };
};

const repairReported = async (
  reconciler: Reconciler,
  { enrollment, finding: { repair } }: { readonly enrollment: Enrollment; readonly finding: Finding },
  wishes: Wishes,
): Promise<Pick<Reconciled, 'result'> & { readonly enrollment: Enrollment }> => {
  if (repair === undefined) return { enrollment, result: 'left' };
  if (wishes.isDryRun) return { enrollment, result: 'planned' };
  try {
    return { enrollment: await repairDevice(reconciler, { enrollment, repair }, wishes), result: 'repaired' };
  } catch (fault) {
    reconciler.faults.report(fault);
    return { enrollment, result: 'failed' };
  }
};
