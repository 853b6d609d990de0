import type { IotLogLevel } from '../events/iot-log.ts';
import type { LogThreshold } from './logging-settings.ts';

const severity: Readonly<Record<LogThreshold, number>> = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3, DISABLED: 4 };

/** Whether an entry of that level is written under that threshold. */
export const isLogged = (level: IotLogLevel, threshold: LogThreshold): boolean => severity[level] >= severity[threshold];

/** The one that lets most through. */
export const mostVerbose = (thresholds: readonly LogThreshold[]): LogThreshold | undefined =>
  [...thresholds].sort((a, b) => severity[a] - severity[b])[0];
