import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { FleetGauge } from '../../domain/monitoring/fleet-gauge.ts';
import { onboardingMetrics } from '../../domain/monitoring/onboarding-metrics.ts';

interface FleetGaugeProps {
  readonly prefix: string;
  readonly clock: { now(): number };
  readonly out?: Pick<NodeJS.WritableStream, 'write'>;
}

/** Tells values in embedded metric format: CloudWatch reads them from the function's log, which costs no request. */
export const createStdoutFleetGauge = ({ prefix, clock, out = process.stdout }: FleetGaugeProps): FleetGauge => ({
  tell: (line, measured) => {
    const values = Object.fromEntries(Object.entries(measured).filter(([, some]) => some.length > 0));
    if (Object.keys(values).length === 0) return;
    const directive = {
      Namespace: claimMetrics.namespace(prefix),
      Dimensions: [[onboardingMetrics.line], []],
      Metrics: Object.keys(values).map((Name) => ({ Name })),
    };
    const document = { _aws: { Timestamp: clock.now(), CloudWatchMetrics: [directive] }, [onboardingMetrics.line]: line, ...values };
    out.write(`${JSON.stringify(document)}\n`);
  },
});
