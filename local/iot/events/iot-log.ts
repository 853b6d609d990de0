import { randomUUID } from 'node:crypto';

import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';

export type IotLogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** One entry of the log group `AWSIotLogsV2` (DG:cwl-format). Fields beyond the common ones depend on the event type. */
export interface IotLogEntry {
  /** `YYYY-MM-DD HH:MM:SS.mmm`, UTC. */
  readonly timestamp: string;
  readonly logLevel: IotLogLevel;
  readonly traceId: string;
  readonly accountId: string;
  readonly status: 'Success' | 'Failure';
  readonly eventType: string;
  readonly [field: string]: unknown;
}

/** What a service says of an event; time, trace and account are added for it. */
export interface IotLogEvent {
  readonly eventType: string;
  readonly status: 'Success' | 'Failure';
  /** Derived from the status when absent: INFO or ERROR. */
  readonly logLevel?: IotLogLevel;
  readonly [field: string]: unknown;
}

/**
 * Logs an event. Where events are as frequent as messages, pass a function: it is called only if somebody reads the log.
 */
export type IotLog = (event: IotLogEvent | (() => IotLogEvent)) => void;

/** Receives entries. */
export interface IotLogSink {
  (entry: IotLogEntry): void;
  /** False while every entry would be thrown away, so that none need be made; always true unless given. */
  readonly isListening?: () => boolean;
}

export const createIotLog =
  (account: Account, clock: Clock, sink: IotLogSink): IotLog =>
  (event) => {
    if (sink.isListening?.() === false) return;
    const said = typeof event === 'function' ? event() : event;
    sink({
      timestamp: new Date(clock.now()).toISOString().replace('T', ' ').slice(0, -1),
      logLevel: said.status === 'Success' ? 'INFO' : 'ERROR',
      traceId: randomUUID(),
      accountId: account.accountId,
      ...said,
    });
  };
