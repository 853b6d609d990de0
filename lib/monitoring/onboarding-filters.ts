import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AuditCode } from '../../domain/audit-event.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { onboardingMetrics, ownFaults } from '../../domain/monitoring/onboarding-metrics.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';

interface Counted {
  readonly metricName: string;
  readonly pattern: string;
  readonly dimension?: typeof onboardingMetrics.line | typeof onboardingMetrics.reason;
}

const anyOf = (field: 'code' | 'reason', values: readonly (AuditCode | ReasonCode)[]): string =>
  `(${values.map((value) => `($.auditEvent.${field} = "${value}")`).join(' || ')})`;

const noneOf = (reasons: readonly ReasonCode[]): string => reasons.map((reason) => `($.auditEvent.reason != "${reason}")`).join(' && ');

const ofLine = (metricName: string, code: AuditCode): Counted => ({
  ...{ metricName, pattern: `{ $.auditEvent.code = "${code}" }`, dimension: onboardingMetrics.line },
});

/** Where an authority of one's own signs, who could not come in is refused when it asks for a certificate. */
const admissions: readonly AuditCode[] = ['admission.refused', 'certificate.refused'];
const refusals: readonly AuditCode[] = [...admissions, 'connection.refused'];

const counted: readonly Counted[] = [
  {
    metricName: onboardingMetrics.claimConnections,
    pattern: '{ ($.auditEvent.code = "presence.connected") && ($.auditEvent.claimCertificateId = "*") }',
    dimension: onboardingMetrics.line,
  },
  ofLine(onboardingMetrics.granted, 'admission.granted'),
  ofLine(onboardingMetrics.held, 'admission.held'),
  ofLine(onboardingMetrics.activated, 'device.activated'),
  { metricName: onboardingMetrics.refusals, pattern: `{ ${anyOf('code', refusals)} }`, dimension: onboardingMetrics.reason },
  {
    metricName: onboardingMetrics.lineRefusals,
    pattern: `{ ${anyOf('code', admissions)} && ($.auditEvent.claim = "*") && ${noneOf(ownFaults)} }`,
    dimension: onboardingMetrics.line,
  },
  { metricName: onboardingMetrics.faults, pattern: `{ ${anyOf('code', refusals)} && ${anyOf('reason', ownFaults)} }` },
];

const fields = { [onboardingMetrics.line]: '$.auditEvent.line', [onboardingMetrics.reason]: '$.auditEvent.reason' };

/** Counts the way in by the audit log itself, which costs nobody who comes a request. Lines and reasons are words of ours, never of a device. */
export const onboardingFilters = (
  scope: Construct,
  { prefix, auditLog }: { readonly prefix: string; readonly auditLog: ILogGroup },
): void => {
  for (const { metricName, pattern, dimension } of counted) {
    new MetricFilter(scope, `Count-${metricName}`, {
      logGroup: auditLog,
      filterPattern: { logPatternString: pattern },
      metricNamespace: claimMetrics.namespace(prefix),
      metricName,
      metricValue: '1',
      ...(dimension === undefined ? {} : { dimensions: { [dimension]: fields[dimension] } }),
    });
  }
};
