/** DEBUG lets everything through, DISABLED nothing (DG:configure-logging, "Log levels"). */
export type LogThreshold = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'DISABLED';

/** How the entries of one event type differ from the account's default (API Reference, LogEventConfiguration). */
export interface EventLogging {
  readonly eventType: string;
  readonly logLevel: LogThreshold | undefined;
  /** The log group, in place of `AWSIotLogsV2`. */
  readonly logDestination: string | undefined;
}

export interface LoggingOptions {
  readonly roleArn: string;
  readonly defaultLogLevel: LogThreshold;
  readonly disableAllLogs: boolean;
  readonly eventConfigurations: readonly EventLogging[];
}

export const targetTypes = ['THING_GROUP', 'CLIENT_ID', 'SOURCE_IP', 'PRINCIPAL_ID'] as const;

export type TargetType = (typeof targetTypes)[number];

/** A level for what concerns one thing group, client, address or principal. */
export interface TargetLevel {
  readonly targetType: TargetType;
  readonly targetName: string;
  readonly logLevel: LogThreshold;
}

/** What SetLoggingOptions stores. */
export interface LegacyLoggingOptions {
  readonly roleArn: string;
  readonly logLevel: LogThreshold | undefined;
}

/** The logging configuration of one account: off until somebody sets options. */
export class LoggingSettings {
  /** Undefined while nobody has configured logging. */
  options: LoggingOptions | undefined;
  legacy: LegacyLoggingOptions | undefined;
  readonly #targets = new Map<string, TargetLevel>();

  /** False while no entry whatsoever would be written; asked for every message, so it must cost nothing. */
  get isOn(): boolean {
    const { options } = this;
    if (options === undefined || options.disableAllLogs) return false;
    return options.defaultLogLevel !== 'DISABLED' || options.eventConfigurations.length > 0 || this.#targets.size > 0;
  }

  get targets(): readonly TargetLevel[] {
    return [...this.#targets.values()];
  }

  targetLevel(targetType: TargetType, targetName: string): LogThreshold | undefined {
    return this.#targets.get(`${targetType}:${targetName}`)?.logLevel;
  }

  setTarget(level: TargetLevel): void {
    this.#targets.set(`${level.targetType}:${level.targetName}`, level);
  }

  deleteTarget(targetType: string, targetName: string): void {
    this.#targets.delete(`${targetType}:${targetName}`);
  }
}
