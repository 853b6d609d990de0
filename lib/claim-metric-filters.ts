import { MetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AuditCode } from '../domain/audit-event.ts';
import { claimMetrics } from '../domain/claim/claim-metrics.ts';
import type { ReasonCode } from '../domain/reason-code.ts';
import { reasonsOf, refusalClasses } from '../domain/refusal-class.ts';
import type { ClaimsProps } from './claims-props.ts';

interface Counted {
  readonly metricName: string;
  readonly code: AuditCode;
  /** One of these; none said means any. */
  readonly reasons?: readonly ReasonCode[];
  /** Whether each claim is counted apart. */
  readonly isPerClaim: boolean;
}

const counted: readonly Counted[] = [
  { metricName: claimMetrics.admissions, code: 'admission.granted', isPerClaim: true },
  { metricName: claimMetrics.refusals, code: 'admission.refused', isPerClaim: true },
  ...refusalClasses.map((refusalClass) => ({
    metricName: claimMetrics.refusalsOf(refusalClass),
    code: 'admission.refused' as const,
    reasons: reasonsOf(refusalClass),
    isPerClaim: true,
  })),
  { metricName: claimMetrics.contested, code: 'device.contested', isPerClaim: false },
  { metricName: claimMetrics.unknownClaims, code: 'admission.refused', reasons: ['unknown-claim'], isPerClaim: false },
];

/** Counts decisions by the audit log itself, which costs no decision a request. The name of a claim comes from our record, never from a device. */
export const claimMetricFilters = (
  scope: Construct,
  { configuration: { prefix }, auditLog }: Pick<ClaimsProps, 'configuration'> & { readonly auditLog: ILogGroup },
): void => {
  for (const metric of counted) {
    new MetricFilter(scope, `Count-${metric.metricName}`, {
      logGroup: auditLog,
      filterPattern: { logPatternString: patternOf(metric) },
      metricNamespace: claimMetrics.namespace(prefix),
      metricName: metric.metricName,
      metricValue: '1',
      ...(metric.isPerClaim ? { dimensions: { [claimMetrics.dimension]: '$.auditEvent.claim' } } : {}),
    });
  }
};

const patternOf = ({ code, reasons, isPerClaim }: Counted): string => {
  const terms = [
    `($.auditEvent.code = "${code}")`,
    ...(isPerClaim ? ['($.auditEvent.claim = "*")'] : []),
    ...(reasons === undefined ? [] : [`(${reasons.map((reason) => `($.auditEvent.reason = "${reason}")`).join(' || ')})`]),
  ];
  return `{ ${terms.join(' && ')} }`;
};
