import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { type AlarmDefinition, alarmDescription, alarmName, type AlarmSubject, thresholdOf } from '../../domain/monitoring/alarms.ts';

/** Where alarms are made, and who is told. */
export interface AlarmSite {
  readonly configuration: Configuration;
  readonly alarmTopic: ITopic;
}

export interface Watched {
  readonly definition: AlarmDefinition;
  /** Of five minutes; of an hour, where the alarm rings for silence. */
  readonly metric: IMetric;
  readonly subject?: AlarmSubject;
}

/** An alarm as the table of alarms has it: when the metric is as high as its threshold, or higher, or silent for hours; no news is good news. */
export const addAlarm = (
  scope: Construct,
  id: string,
  { configuration, alarmTopic, definition, metric, subject }: AlarmSite & Watched,
): Alarm => {
  const alarm = new Alarm(scope, id, {
    alarmName: alarmName(configuration.prefix, definition, subject),
    alarmDescription: alarmDescription(definition, subject),
    metric,
    threshold: thresholdOf(definition, configuration.alarms),
    ...comparisonOf(definition),
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  if (definition.severity !== 'part') alarm.addAlarmAction(new SnsAction(alarmTopic));
  return alarm;
};

const comparisonOf = ({ hoursOfSilence }: AlarmDefinition) =>
  hoursOfSilence === undefined
    ? { evaluationPeriods: 1, comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD }
    : { evaluationPeriods: hoursOfSilence, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD };
