import type { AuditGauge } from '../../domain/audit/audit-metrics.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';

interface AuditGaugeProps {
  readonly prefix: string;
  readonly clock: { now(): number };
  readonly out?: Pick<NodeJS.WritableStream, 'write'>;
}

/** Tells counts in embedded metric format: CloudWatch reads them from the log, which costs a function no request. */
export const createStdoutAuditGauge = ({ prefix, clock, out = process.stdout }: AuditGaugeProps): AuditGauge => ({
  tell: (counts) => {
    const directive = {
      Namespace: claimMetrics.namespace(prefix),
      Dimensions: [[]],
      Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
    };
    out.write(`${JSON.stringify({ _aws: { Timestamp: clock.now(), CloudWatchMetrics: [directive] }, ...counts })}\n`);
  },
});
