import type { PassProgressStore } from '../../domain/reconciliation/reconciliation-ports.ts';
import { type DuePassProps, runDuePass } from './due-pass.ts';
import { runFullPass } from './full-pass.ts';
import type { Wishes } from './reconciler.ts';
import { DAY_MS } from '../../domain/duration.ts';

export interface ReconciliationProps extends DuePassProps {
  readonly progress: PassProgressStore;
}

/** A run is over before the next begins, fifteen minutes later. */
const BUDGET_MS = 600_000;
/** Each costs AWS IoT a few requests. */
const MOST_DUE = 2000;
const MOST_OF_A_PASS = 2000;

const wishes: Wishes = { actor: { kind: 'service', name: 'reconciliation' }, isDryRun: false };

/** One run: what was changed first; in the time that is left, a part of the full pass, which begins anew every day. */
export const createReconciliation = (props: ReconciliationProps) => async (): Promise<void> => {
  const until = props.clock.now() + BUDGET_MS;
  await runDuePass(props, { until, most: MOST_DUE }, wishes);
  const now = props.clock.now();
  if (now >= until) return;
  const progress = await props.progress.read();
  // What was just deployed has a day to come to rest.
  if (progress === undefined) return props.progress.write({ notBefore: now + DAY_MS });
  if (progress.cursor === undefined && now < progress.notBefore) return;
  const notBefore = progress.cursor === undefined ? now + DAY_MS : progress.notBefore;
  const { next } = await runFullPass(props, { cursor: progress.cursor, until, most: MOST_OF_A_PASS }, wishes);
  await props.progress.write(next === undefined ? { notBefore } : { cursor: next, notBefore });
};
