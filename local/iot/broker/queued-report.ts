import type { IotLog } from '../events/iot-log.ts';
import type { TrafficMetrics } from '../metrics/traffic-metrics.ts';
import type { QueuedListener } from './session-store.ts';

/** Says of each message for a client that is away whether it was kept (DG:cwl-format, "Queued log entry"). */
export const queuedReport =
  (log: IotLog, metrics: TrafficMetrics): QueuedListener =>
  (clientId, { message }, isStored) => {
    metrics.count(isStored ? 'Queued.Success' : 'Queued.Throttle');
    log(() => ({
      eventType: 'Queued',
      status: isStored ? 'Success' : 'Failure',
      ...{ protocol: 'MQTT', clientId, topicName: message.topic, qos: '1' },
      ...(isStored ? {} : { details: 'Throttled while queueing offline message' }),
    }));
  };
