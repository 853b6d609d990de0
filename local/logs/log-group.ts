import { randomUUID } from 'node:crypto';
import type { MessageTest } from './filter/message-test.ts';

export interface LogEvent {
  readonly id: string;
  readonly timestampMs: number;
  readonly ingestedAtMs: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdAtMs: number;
  readonly events: LogEvent[];
}

/** A stored filter; `destinationArn` is a subscription's, `transformations` a metric filter's. */
export interface StoredFilter {
  readonly name: string;
  readonly pattern: string;
  /** The pattern, compiled once: it meets every event. */
  readonly matches: MessageTest;
  readonly createdAtMs: number;
  readonly details: Readonly<Record<string, unknown>>;
}

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

/** A log group with its streams and settings. */
export class LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly groupClass: LogGroupClass;
  readonly tags = new Map<string, string>();
  readonly streams = new Map<string, LogStream>();
  readonly metricFilters = new Map<string, StoredFilter>();
  readonly subscriptionFilters = new Map<string, StoredFilter>();
  retentionInDays: number | undefined;
  kmsKeyId: string | undefined;
  isDeletionProtected = false;

  /** `arn` without the trailing `:*`. */
  constructor(identity: { readonly name: string; readonly arn: string; readonly createdAtMs: number; readonly groupClass: LogGroupClass }) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.createdAtMs = identity.createdAtMs;
    this.groupClass = identity.groupClass;
  }

  /** Events of a stream, oldest first, without those that the retention has taken. */
  retained(stream: LogStream, nowMs: number): readonly LogEvent[] {
    if (this.retentionInDays === undefined) return stream.events;
    const oldestMs = nowMs - this.retentionInDays * 86_400_000;
    return stream.events.filter(({ timestampMs }) => timestampMs > oldestMs);
  }
}

export const newEvent = (message: string, timestampMs: number, nowMs: number): LogEvent => ({
  id: randomUUID(),
  timestampMs,
  ingestedAtMs: nowMs,
  message,
});
