import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Alarm,
  CompositeAlarm,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import { connectionMetrics } from '../../domain/connection/connection-metrics.ts';
import { alarmDefinitions, alarmName } from '../../domain/monitoring/alarms.ts';
import { fleetMetrics } from '../../domain/monitoring/fleet-gauge.ts';
import { onboardingMetrics } from '../../domain/monitoring/onboarding-metrics.ts';
import { reconciliationMetrics } from '../../domain/reconciliation/reconciliation-metrics.ts';
import { rotationMetrics } from '../../domain/rotation/rotation-metrics.ts';
import type { WaysIn } from './ways-in.ts';

export interface FleetDashboardProps {
  readonly prefix: string;
  readonly waysIn: WaysIn;
}

const HALF = 12;
const FULL = 24;
const period = Duration.minutes(5);

/** CloudWatch shows a hundred alarms in a widget. */
const MAX_ALARMS = 100;

/** One page for whoever was woken: is anything wrong, where do devices get stuck, why are they refused, how slow is it, how old is what they hold. */
export class FleetDashboard extends Construct {
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { prefix, waysIn }: FleetDashboardProps) {
    super(scope, id);
    this.#namespace = claimMetrics.namespace(prefix);
    new Dashboard(this, 'Page', {
      dashboardName: `${prefix}-fleet`,
      defaultInterval: Duration.hours(12),
      widgets: [
        [new TextWidget({ width: FULL, height: 2, markdown: INTRODUCTION })],
        [new AlarmStatusWidget({ title: 'Alarms', width: FULL, height: 4, alarms: this.#alarms(prefix) })],
        this.#funnel(),
        [this.#reasons(), this.#latency(waysIn)],
        [this.#connections(), this.#claims()],
        this.#ages(),
        [this.#rotations(), this.#reconciliation()],
      ],
    });
  }

  /** Those of this stack, what combines others first, and those of the stack beside it by their names. */
  #alarms(prefix: string): IAlarm[] {
    const all = Stack.of(this).node.findAll();
    const here = [...all.filter((one) => one instanceof CompositeAlarm), ...all.filter((one) => one instanceof Alarm)];
    const { contested, unknownClaim, reconciliation } = alarmDefinitions;
    const beside = [contested, unknownClaim, reconciliation].map((definition) =>
      Alarm.fromAlarmArn(this, definition.name, arnOf(alarmName(prefix, definition))),
    );
    return [...beside, ...here].slice(0, MAX_ALARMS);
  }

  #funnel(): IWidget[] {
    const step = (title: string, metricName: string, width = 5) =>
      new GraphWidget({ title, width, height: 6, left: [this.#by(onboardingMetrics.line, metricName)], period });
    return [
      step('1. Came by claim', onboardingMetrics.claimConnections),
      step('2. Admitted', onboardingMetrics.granted),
      step('3. Waiting', onboardingMetrics.held, 4),
      step('4. Refused', onboardingMetrics.lineRefusals),
      step('5. Seen in use', onboardingMetrics.activated),
    ];
  }

  #reasons(): IWidget {
    const left = [this.#by(onboardingMetrics.reason, onboardingMetrics.refusals)];
    return new GraphWidget({ title: 'Refusals by reason', width: HALF, height: 8, left, stacked: true });
  }

  #latency({ doors }: WaysIn): IWidget {
    const left = doors.map(({ name, function: door }) => door.metricDuration({ statistic: 'p99', period, label: `${name}, 99 of 100` }));
    return new GraphWidget({ title: 'How long a decision takes (AWS IoT waits 5 s)', width: HALF, height: 8, left });
  }

  #connections(): IWidget {
    const { dimension, granted, restricted, refused } = connectionMetrics;
    const left = [granted, restricted, refused].map((name) => this.#by(dimension, name));
    return new GraphWidget({ title: 'Authorizers: let in, let in for one thing, refused', width: HALF, height: 6, left });
  }

  #claims(): IWidget {
    const left = [this.#by(claimMetrics.dimension, claimMetrics.quotaUsed, 'Maximum')];
    const right = [this.#by(claimMetrics.dimension, claimMetrics.daysLeft, 'Minimum')];
    const title = 'Claims: percent used up (right: days until they expire)';
    return new GraphWidget({ title, width: HALF, height: 6, left, right, leftYAxis: { min: 0, max: 100 } });
  }

  #rotations(): IWidget {
    const { started, completed, withdrawn, refused, halted } = rotationMetrics;
    const left = [started, completed, withdrawn, refused, halted].map((name) => this.#whole(name));
    const right = [this.#by(onboardingMetrics.line, fleetMetrics.rotationsRunning, 'Maximum')];
    return new GraphWidget({ title: 'Rotations (right: under way, by line)', width: HALF, height: 6, left, right });
  }

  /** Each device is told of once a day: a day's values are the fleet's. */
  #ages(): IWidget[] {
    const day = { period: Duration.days(1) };
    const age = (statistic: string, label: string) => this.#whole(fleetMetrics.credentialAge).with({ ...day, statistic, label });
    const ahead = (statistic: string, label: string) => this.#whole(fleetMetrics.credentialDaysLeft).with({ ...day, statistic, label });
    const ages = [age('p50', 'half are older, in days'), age('p90', 'one in ten is older'), age('Maximum', 'the oldest')];
    const expiries = [ahead('TC(:7)', 'expire within 7 days'), ahead('TC(:30)', 'within 30'), ahead('Minimum', 'the next one, in days')];
    const overdue = [this.#by(onboardingMetrics.line, fleetMetrics.rotationOverdue, 'Maximum')];
    return [
      new SingleValueWidget({ title: 'Age of credentials in use', width: 8, height: 6, metrics: ages }),
      new SingleValueWidget({ title: 'Expiries ahead', width: 8, height: 6, metrics: expiries }),
      new GraphWidget({ title: 'Hours that the longest due rotation waits, by line', width: 8, height: 6, left: overdue }),
    ];
  }

  #reconciliation(): IWidget {
    const metrics = [reconciliationMetrics.found, reconciliationMetrics.repaired, claimMetrics.contested].map((name) => this.#whole(name));
    return new SingleValueWidget({
      title: 'Findings, repairs, contested devices',
      width: HALF,
      height: 6,
      metrics,
      setPeriodToTimeRange: true,
    });
  }

  #whole(metricName: string): Metric {
    return new Metric({ namespace: this.#namespace, metricName, statistic: 'Sum', period });
  }

  /** Whatever values the dimension has, those that come later as well. */
  #by(dimension: string, metricName: string, statistic = 'Sum'): MathExpression {
    const search = `{"${this.#namespace}",${dimension}} MetricName="${metricName}"`;
    return new MathExpression({ expression: `SEARCH('${search}', '${statistic}')`, usingMetrics: {}, label: '', period });
  }
}

const arnOf = (name: string): string => `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${name}`;

const INTRODUCTION = `**The fleet.** Read from top to bottom: what rings, where devices get stuck on their way in, and why. What to do about an alarm stands in
docs/runbook.md, in the section that its description names. This page is deployed: what is changed here by hand is gone with the next deployment.`;
