import { type AuditGauge, auditMetrics } from '../../domain/audit/audit-metrics.ts';
import { nextLook, settle } from '../../domain/audit/completeness.ts';
import { type BalanceStore, type LossCounts, emptySheet, lossEvent, losses } from '../../domain/audit/loss.ts';
import { minuteOf } from '../../domain/audit/tally.ts';
import { MINUTE_MS } from '../../domain/duration.ts';
import type { AuditLog } from '../../domain/ports.ts';

export interface AuditCompletenessProps {
  readonly balances: BalanceStore;
  readonly counts: LossCounts;
  readonly audit: AuditLog;
  readonly gauge: AuditGauge;
  readonly clock: { now(): number };
}

/**
 * Compares what AWS counted with what is there, and puts on record what is lost; alarms are made of that. What is on record is owed no
 * more. A run that breaks off before it is kept is repeated by the next, and reports nothing.
 */
export const createAuditCompleteness = (props: AuditCompletenessProps) => async (): Promise<void> => {
  props.gauge.tell({ [auditMetrics.minutesCompared]: await compare(props) });
};

/** Resolves with how many minutes there were to look at. */
const compare = async ({ balances, counts, audit, clock }: AuditCompletenessProps): Promise<number> => {
  const at = clock.now();
  const before = await balances.read();
  if (before === undefined) {
    await balances.write(emptySheet(minuteOf(at)));
    return 0;
  }
  const look = nextLook(before.settled, at);
  if (look === undefined) return 0;
  const counted = await counts.between(look);
  const after = { ...before, settled: look.settled };
  for (const loss of losses) {
    const { balance, lost } = settle(before[loss], counted[loss], look);
    if (lost > 0) audit.emit(lossEvent(loss, { lost, since: before[loss].evenAt, at }));
    after[loss] = balance;
  }
  await balances.write(after);
  return (look.until - look.from) / MINUTE_MS;
};
