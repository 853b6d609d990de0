import { asNumber } from '../sql/conversions.ts';
import type { ActionSettings } from './action-settings.ts';
import { type RuleAction, targetOf } from './rule-action.ts';

const number = (name: string, text: string): number => {
  const value = asNumber(text);
  if (value === undefined) throw new Error(`The ${name} "${text}" is not a number`);
  return value;
};

/** SDK `CloudwatchMetricAction`; the timestamp is in seconds. */
export function cloudwatchMetricAction(settings: ActionSettings): RuleAction {
  const namespace = settings.template('metricNamespace');
  const [unit, value] = [settings.template('metricUnit'), settings.template('metricValue')];
  const timestamp = settings.optionalTemplate('metricTimestamp');
  return {
    kind: 'cloudwatchMetric',
    resource: settings.template('metricName'),
    words: { deed: 'put metric data', service: 'AmazonCloudWatch', resourceKind: 'Metric' },
    roleArn: settings.string('roleArn'),
    perform: async ({ context, resource }, ports) => {
      const timestampMs = timestamp === undefined ? context.nowMs : number('metricTimestamp', timestamp(context)) * 1000;
      const sample = { namespace: namespace(context), metricName: resource, unit: unit(context), timestampMs };
      await targetOf(ports, 'measurements').put({ ...sample, value: number('metricValue', value(context)) });
    },
  };
}
