import { MetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AuditCode } from '../../domain/audit-event.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { reasonsOf, refusalClasses } from '../../domain/refusal-class.ts';
import type { ClaimsProps } from './claims-props.ts';

interface Counted {
  readonly metricName: string;
  /** Any of these. */
  readonly codes: readonly AuditCode[];
  /** One of these; none said means any. */
  readonly reasons?: readonly ReasonCode[];
  /** Whether each claim is counted apart. */
  readonly isPerClaim: boolean;
}

/** Where an authority of one's own signs, who could not come in is refused when it asks for a certificate. */
const refusals: readonly AuditCode[] = ['admission.refused', 'certificate.refused'];

const counted: readonly Counted[] = [
  { metricName: claimMetrics.admissions, codes: ['admission.granted'], isPerClaim: true },
  { metricName: claimMetrics.refusals, codes: refusals, isPerClaim: true },
  ...refusalClasses.map((refusalClass) => ({
    metricName: claimMetrics.refusalsOf(refusalClass),
    codes: refusals,
    reasons: reasonsOf(refusalClass),
    isPerClaim: true,
  })),
  { metricName: claimMetrics.contested, codes: ['device.contested'], isPerClaim: false },
  { metricName: claimMetrics.unknownClaims, codes: refusals, reasons: ['unknown-claim', 'unknown-principal'], isPerClaim: false },
];

/** Counts decisions by the audit log itself, which costs no decision a request. The name of a claim comes from our record, never from a device. */
export const claimMetricFilters = (
  scope: Construct,
  { configuration: { prefix }, auditLog }: Pick<ClaimsProps, 'configuration'> & { readonly auditLog: ILogGroup },
): void => {
  for (const { id, ...metric } of counted.flatMap(inParts)) {
    new MetricFilter(scope, id, {
      logGroup: auditLog,
      filterPattern: { logPatternString: patternOf(metric) },
      metricNamespace: claimMetrics.namespace(prefix),
      metricName: metric.metricName,
      metricValue: '1',
      ...(metric.isPerClaim ? { dimensions: { [claimMetrics.dimension]: '$.auditEvent.claim' } } : {}),
    });
  }
};

/** CloudWatch Logs takes 1,024 characters in a pattern, which is room for these and the rest. */
const MAX_REASONS = 12;

// One filter for each part of a long list of reasons; together they make one metric.
const inParts = (metric: Counted): readonly (Counted & { readonly id: string })[] => {
  const { metricName, reasons } = metric;
  const parts = Math.ceil((reasons?.length ?? 1) / MAX_REASONS);
  return Array.from({ length: parts }, (_, part) => ({
    ...metric,
    id: part === 0 ? `Count-${metricName}` : `Count-${metricName}-${part + 1}`,
    ...(reasons === undefined ? {} : { reasons: reasons.slice(part * MAX_REASONS, (part + 1) * MAX_REASONS) }),
  }));
};

const patternOf = ({ codes, reasons, isPerClaim }: Counted): string => {
  const terms = [
    anyOf('code', codes),
    ...(isPerClaim ? ['($.auditEvent.claim = "*")'] : []),
    ...(reasons === undefined ? [] : [anyOf('reason', reasons)]),
  ];
  return `{ ${terms.join(' && ')} }`;
};

const anyOf = (field: 'code' | 'reason', values: readonly string[]): string => {
  const terms = values.map((value) => `($.auditEvent.${field} = "${value}")`);
  return terms.length === 1 ? terms.join('') : `(${terms.join(' || ')})`;
};
