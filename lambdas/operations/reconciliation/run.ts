import type { reconciliationRun } from '../../../domain/operations/reconciliation-run.ts';
import { runFullPass } from '../../reconciliation/full-pass.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';

/** A caller waits at the other end: a page that was begun within this time is over before the function is. */
const BUDGET_MS = 15_000;
const MOST = 200;

/** Does a part of a full pass for somebody. */
export const createRun =
  ({ reconciler }: Pick<OperationResources, 'reconciler'>): Performer<typeof reconciliationRun> =>
  async ({ after }, { actor, isDryRun }) => {
    const slice = { cursor: after, until: reconciler.clock.now() + BUDGET_MS, most: MOST };
    const { looked, reconciled, next } = await runFullPass(reconciler, slice, { actor, isDryRun });
    const findings = reconciled.map(({ finding: { kind, about, got, expected, fix }, result }) => ({
      ...{ kind, ...about, got, expected, fix, result },
    }));
    return { looked, findings, ...(next === undefined ? {} : { next }) };
  };
