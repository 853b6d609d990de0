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

export type IotLog = (event: IotLogEvent) => void;

export const createIotLog =
  (account: Account, clock: Clock, write: (entry: IotLogEntry) => void): IotLog =>
  (event) => {
    write({
      timestamp: new Date(clock.now()).toISOString().replace('T', ' ').slice(0, -1),
      logLevel: event.status === 'Success' ? 'INFO' : 'ERROR',
      traceId: randomUUID(),
      accountId: account.accountId,
      ...event,
    });
  };
