import type { Clock } from '../../clock.ts';
import type { IotLogEntry, IotLogSink } from '../events/iot-log.ts';
import { chooseLogGroup, type LogChoice } from './choose-log-group.ts';
import { LogDelivery, type LossListener, type RoleLogWriter } from './log-delivery.ts';

export interface IotLoggingOptions extends LogChoice {
  readonly clock: Clock;
  readonly writer: RoleLogWriter;
  readonly onLoss: LossListener;
  /** Sees every entry, whatever the account's options say. */
  readonly tap?: ((entry: IotLogEntry) => void) | undefined;
}

/** Takes AWS IoT's log entries: those that the account's options ask for are written to CloudWatch Logs with the logging role. */
export const createIotLogging = (options: IotLoggingOptions): IotLogSink => {
  const { clock, settings, tap } = options;
  const delivery = new LogDelivery(options.writer, options.onLoss);
  const take = (entry: IotLogEntry): void => {
    tap?.(entry);
    const logGroupName = chooseLogGroup(options, entry);
    const roleArn = settings.options?.roleArn;
    if (logGroupName === undefined || roleArn === undefined) return;
    delivery.push({ roleArn, logGroupName, event: { timestampMs: clock.now(), message: JSON.stringify(entry) } });
  };
  return Object.assign(take, { isListening: () => tap !== undefined || settings.isOn });
};
