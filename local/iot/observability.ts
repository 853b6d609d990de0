import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import type { IotBehaviour } from './behaviour/behaviour.ts';
import type { IotDirectory } from './directory.ts';
import { createIotLog, type IotLog, type IotLogEntry, type IotLogSink } from './events/iot-log.ts';
import { createIotLogging } from './logging/iot-logging.ts';
import type { RoleLogWriter } from './logging/log-delivery.ts';
import { thingGroupsOf } from './logging/thing-groups-of.ts';
import { createIotMetrics, type IotMetrics } from './metrics/iot-metrics.ts';
import type { IotRegistry } from './registry/registry.ts';

export interface ObservabilityPorts {
  /** Writes the log group `AWSIotLogsV2`; without it the account's logging options have no effect. */
  readonly logWriter?: RoleLogWriter | undefined;
  /** Keeps the metrics of `AWS/IoT`; without it none are kept. */
  readonly metrics?: MetricStore | undefined;
  /** Receives every entry that AWS IoT could write to its log, whatever the account's logging options say. */
  readonly log?: ((entry: IotLogEntry) => void) | undefined;
}

/** How AWS IoT tells of itself. */
export interface Observability {
  readonly sink: IotLogSink;
  readonly log: IotLog;
  readonly metrics: IotMetrics;
}

const nobody: RoleLogWriter = { write: () => Promise.resolve() };

export const createObservability = (
  { logWriter = nobody, metrics: store, log: tap }: ObservabilityPorts,
  core: {
    readonly account: Account;
    readonly clock: Clock;
    readonly behaviour: IotBehaviour;
    readonly registry: IotRegistry;
    readonly directory: IotDirectory;
  },
): Observability => {
  const metrics = createIotMetrics(store);
  const sink = createIotLogging({
    ...{ clock: core.clock, behaviour: core.behaviour, settings: core.registry.logging, writer: logWriter, tap },
    groupsOf: thingGroupsOf(core.registry, core.directory),
    onLoss: (events) => {
      metrics.count('NumLogEventsFailedToPublishThrottled', {}, events);
    },
  });
  return { sink, log: createIotLog(core.account, core.clock, sink), metrics };
};
