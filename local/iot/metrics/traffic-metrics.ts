import type { Counter } from '../../cloudwatch/metric-store.ts';
import type { RefusalId } from '../behaviour/mqtt-refusals.data.ts';
import { createIotMetrics, type IotMetrics } from './iot-metrics.ts';

type TrafficKind = 'Connect' | 'PublishIn' | 'PublishOut' | 'PublishRetained' | 'Queued' | 'Subscribe' | 'Unsubscribe' | 'Ping';

type Outcome = 'Success' | 'AuthError' | 'ClientError' | 'ClientIDThrottle' | 'ServerError' | 'Throttle';

/** The names that the message broker's metrics have (DG:metrics_dimensions, "Message broker metrics"). */
export type TrafficMetric = `${TrafficKind}.${Outcome}` | 'Throttle.Exceeded' | 'Connection.AuthNError';

/** The values of the dimension of that name. */
type Protocol = 'MQTT' | 'HTTP';

/** Counts what passes the message broker, over MQTT unless said. */
export interface TrafficMetrics {
  count(metric: TrafficMetric, protocol?: Protocol): void;
}

/** Without dimensions: whoever is not authenticated spoke no protocol yet. */
const withoutProtocol: ReadonlySet<TrafficMetric> = new Set(['Connection.AuthNError']);

type Counters = Map<TrafficMetric, Counter>;

/** Each counter is looked up once; it then costs little more than an addition. */
export const createTrafficMetrics = (metrics: IotMetrics = createIotMetrics(undefined)): TrafficMetrics => {
  const counters: Readonly<Record<Protocol, Counters>> = { MQTT: new Map(), HTTP: new Map() };
  return {
    count: (metric, protocol = 'MQTT') => {
      let counter = counters[protocol].get(metric);
      if (counter === undefined) {
        counter = metrics.counter(metric, withoutProtocol.has(metric) ? {} : { Protocol: protocol });
        counters[protocol].set(metric, counter);
      }
      counter.count();
    },
  };
};

/** What a refusal counts as. */
export const outcomeOf = (id: RefusalId): 'AuthError' | 'Throttle' | 'ClientError' => {
  if (id.endsWith('.not-authorized')) return 'AuthError';
  return id.endsWith('.throttled') ? 'Throttle' : 'ClientError';
};
