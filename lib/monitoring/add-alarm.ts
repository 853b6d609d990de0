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
  /** Of five minutes. */
  readonly metric: IMetric;
  readonly subject?: AlarmSubject;
}

/** An alarm as the table of alarms has it: when the metric is as high as its threshold, or higher; no news is good news. */
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
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  if (definition.severity !== 'part') alarm.addAlarmAction(new SnsAction(alarmTopic));
  return alarm;
};
