import { Duration } from 'aws-cdk-lib';
import { type Alarm, AlarmRule, AlarmState, CompositeAlarm, type IAlarm, type IAlarmRule, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { claimMetrics } from '../../domain/claim/claim-metrics.ts';
import type { LineName } from '../../domain/identifiers.ts';
import { alarmDefinitions, alarmDescription, alarmName } from '../../domain/monitoring/alarms.ts';
import { onboardingMetrics } from '../../domain/monitoring/onboarding-metrics.ts';
import { type AlarmSite, type Watched, addAlarm } from './add-alarm.ts';
import type { Door, WaysIn } from './ways-in.ts';

export interface OnboardingAlarmsProps extends AlarmSite {
  readonly waysIn: WaysIn;
}

const FIVE_MINUTES = { statistic: 'Sum', period: Duration.minutes(5) };

const isRinging = (alarm: IAlarm): IAlarmRule => AlarmRule.fromAlarm(alarm, AlarmState.ALARM);

/** Tells "nobody can come in" from "one line is doing something wrong": each rings alone. */
export class OnboardingAlarms extends Construct {
  readonly #props: OnboardingAlarmsProps;

  constructor(scope: Construct, id: string, props: OnboardingAlarmsProps) {
    super(scope, id);
    this.#props = props;
    const { waysIn } = props;
    const parts = [...waysIn.doors.flatMap((door) => this.#watchDoor(door)), this.#watchFaults()];
    const down = this.#combine('Down', AlarmRule.anyOf(...parts.map(isRinging)), { definition: alarmDefinitions.onboardingDown });
    for (const line of waysIn.lines) this.#watchLine(line, down);
  }

  #watchDoor({ name, function: door }: Door): readonly Alarm[] {
    const watched = { ...this.#props, subject: { function: name } };
    return [
      addAlarm(this, `${name}-errors`, {
        ...watched,
        definition: alarmDefinitions.functionErrors,
        metric: door.metricErrors(FIVE_MINUTES),
      }),
      addAlarm(this, `${name}-throttles`, {
        ...{ ...watched, definition: alarmDefinitions.functionThrottles, metric: door.metricThrottles(FIVE_MINUTES) },
      }),
    ];
  }

  #watchFaults(): Alarm {
    const definition = alarmDefinitions.admissionFaults;
    return addAlarm(this, 'faults', { ...this.#props, definition, metric: this.#metric(onboardingMetrics.faults) });
  }

  #watchLine(line: LineName, down: IAlarm): void {
    const subject = { line };
    const metric = this.#metric(onboardingMetrics.lineRefusals, { [onboardingMetrics.line]: line });
    const refusals = addAlarm(this, `${line}-refusals`, { ...this.#props, definition: alarmDefinitions.lineRefusals, subject, metric });
    const rule = AlarmRule.allOf(isRinging(refusals), AlarmRule.not(isRinging(down)));
    this.#combine(`Line-${line}`, rule, { definition: alarmDefinitions.line, subject });
  }

  #metric(metricName: string, dimensionsMap?: Readonly<Record<string, string>>): Metric {
    const namespace = claimMetrics.namespace(this.#props.configuration.prefix);
    return new Metric({ namespace, metricName, ...FIVE_MINUTES, ...(dimensionsMap === undefined ? {} : { dimensionsMap }) });
  }

  #combine(id: string, alarmRule: IAlarmRule, { definition, subject = {} }: Pick<Watched, 'definition' | 'subject'>): CompositeAlarm {
    const { configuration, alarmTopic } = this.#props;
    const alarm = new CompositeAlarm(this, id, {
      compositeAlarmName: alarmName(configuration.prefix, definition, subject),
      alarmDescription: alarmDescription(definition, subject),
      alarmRule,
    });
    alarm.addAlarmAction(new SnsAction(alarmTopic));
    return alarm;
  }
}
