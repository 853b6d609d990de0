import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { auditMetrics } from '../../domain/audit/audit-metrics.ts';
import { lossCodes, lossMetrics } from '../../domain/audit/loss.ts';
import { BALANCE_KEY } from '../../domain/audit/staging.ts';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import type { AuditCompletenessEnvironment } from '../../lambdas/audit-completeness/environment.ts';
import { allow } from '../allow.ts';
import { keepsObject } from '../bucket-access.ts';
import { BundledFunction } from '../bundled-function.ts';
import { type EventAlarmProps, ringForEvents } from '../monitoring/ring-for-events.ts';
import { everyEvent } from './every-event.ts';
import { ringForSilence } from '../monitoring/ring-for-silence.ts';

const DESCRIPTION = 'Muster: compares what AWS counted with what is in history.';

/** Others that let devices in tell of a CA, and operators are no devices: what is left is the hook's. */
const hookDecisions =
  '{ (($.auditEvent.code = "admission.granted") || ($.auditEvent.code = "admission.refused")) && ($.auditEvent.actor.kind = "device") && ($.auditEvent.vendorCaId NOT EXISTS) }';

export interface AuditCompletenessProps extends EventAlarmProps {
  readonly staging: Bucket;
  /** The pre-provisioning hook, where there is one. */
  readonly hook: IFunction | undefined;
}

/** Finds what was lost on its way into history, by counting it at both ends, every fifteen minutes. */
export class AuditCompleteness extends Construct {
  constructor(scope: Construct, id: string, { staging, hook, ...site }: AuditCompletenessProps) {
    super(scope, id);
    const { auditLog, configuration } = site;
    const { prefix } = configuration;
    const environment: AuditCompletenessEnvironment = {
      ...{ STAGING_BUCKET_NAME: staging.bucketName, PREFIX: prefix },
      ...(hook === undefined ? {} : { HOOK_NAME: hook.functionName }),
    };
    const completeness = new BundledFunction(this, 'Function', {
      ...{ name: 'audit-completeness', description: DESCRIPTION, environment, logGroup: auditLog },
      memorySizeMiB: 256,
      timeout: Duration.minutes(5),
      reservedConcurrency: undefined,
    });
    for (const statement of keepsObject(staging, BALANCE_KEY)) completeness.allow(statement);
    completeness.allow(allow(['cloudwatch:GetMetricData'], ['*']));
    const schedule = new Rule(this, 'Schedule', {
      description: DESCRIPTION,
      schedule: Schedule.rate(Duration.minutes(15)),
      targets: [new LambdaFunction(completeness.function, { retryAttempts: 0 })],
    });
    // Who compares before both ends count finds a loss that is none.
    schedule.node.addDependency(...this.#count(auditLog, prefix, hook));
    const { decisionsLost, eventsLost, auditUncompared } = alarmDefinitions;
    if (hook !== undefined) ringForEvents(new Construct(this, 'Decisions'), site, { code: lossCodes.decisions, definition: decisionsLost });
    ringForEvents(new Construct(this, 'Events'), site, { code: lossCodes.events, definition: eventsLost });
    ringForSilence(this, site, { metrics: [auditMetrics.minutesCompared], definition: auditUncompared });
    acknowledge(this);
  }

  #count(logGroup: ILogGroup, prefix: string, hook: IFunction | undefined): readonly MetricFilter[] {
    const counted = [
      [lossMetrics.eventsLogged, everyEvent] as const,
      ...(hook === undefined ? [] : [[lossMetrics.decisionsLogged, hookDecisions] as const]),
    ];
    return counted.map(
      ([metricName, logPatternString]) =>
        new MetricFilter(this, `Count-${metricName}`, {
          ...{
            logGroup,
            filterPattern: { logPatternString },
            metricNamespace: claimMetrics.namespace(prefix),
            metricName,
            metricValue: '1',
          },
        }),
    );
  }
}

const acknowledge = (scope: Construct): void => {
  const reason = 'A run that failed leaves everything as it was; the next, fifteen minutes later, compares all of it.';
  Validations.of(scope).acknowledge(
    { id: 'Serverless-LambdaDLQ', reason },
    { id: 'Serverless-EventBusDLQ', reason },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'AWS defines no resource for reading metrics.' },
  );
};
