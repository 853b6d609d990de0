import type { Clock } from '../clock.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import { statisticsOf } from '../cloudwatch/statistics.ts';
import type { LogListener } from './log-store.ts';
import type { DeliveryReport } from './subscription-delivery.ts';

const namespace = 'AWS/Logs';

/** CloudWatch Logs User Guide, "Monitoring with CloudWatch metrics": what each log group takes in. */
export const incomingMetrics =
  (metrics: MetricStore): LogListener =>
  (group, _stream, events) => {
    const [first] = events;
    if (first === undefined) return;
    const dimensions = { LogGroupName: group.name };
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
    const tell = (metricName: string, unit: string, value: number): void => {
      metrics.record({ namespace, metricName, dimensions, unit }, first.ingestedAtMs, statisticsOf(value, 1));
    };
    tell('IncomingLogEvents', 'Count', events.length);
    tell('IncomingBytes', 'Bytes', bytes);
  };

/** The same page, "CloudWatch Logs metrics": what subscriptions were handed, and what they did not take. */
export const deliveryMetrics =
  (metrics: MetricStore, clock: Clock): DeliveryReport =>
  (group, filter, { events, isTaken }) => {
    const dimensions = { LogGroupName: group.name, DestinationType: 'Lambda', FilterName: filter.name };
    const metricName = isTaken ? 'ForwardedLogEvents' : 'DeliveryErrors';
    metrics.record({ namespace, metricName, dimensions, unit: 'Count' }, clock.now(), statisticsOf(events, 1));
  };
