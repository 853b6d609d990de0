import type { FaultLog } from '../../lambdas/middleware/fault-log.ts';

/** A fault log that can be read back. */
export const recordedFaultLog = (): FaultLog & { readonly faults: readonly unknown[] } => {
  const faults: unknown[] = [];
  return { faults, report: (fault) => void faults.push(fault) };
};
