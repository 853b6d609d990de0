import type { Clock } from '../clock.ts';
import type { LogEvent, LogGroup, LogStream, StoredFilter } from './log-group.ts';

/** A subscription to a group, and one stream of that group. */
interface EventSource {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly filter: StoredFilter;
}

/** One stream's events that one subscription asks for. */
export interface DeliveryBatch extends EventSource {
  readonly events: LogEvent[];
}

/** How long a subscription collects: "near real-time" is all that AWS promises, and one invocation per event is not what it does. */
export const collectingMs = 1_000;
/** What is handed over at most, in bytes of messages: as much as one call of PutLogEvents takes in. */
const maxBytes = 1_048_576;

interface Collected extends DeliveryBatch {
  bytes: number;
}

/** Collects what comes for one subscription from one stream, and hands it over together. */
export class DeliveryBatches {
  readonly #clock: Clock;
  readonly #deliver: (batch: DeliveryBatch) => void;
  readonly #collected = new Map<StoredFilter, Map<LogStream, Collected>>();

  constructor(clock: Clock, deliver: (batch: DeliveryBatch) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  add(source: EventSource, event: LogEvent): void {
    const bytes = Buffer.byteLength(event.message);
    const batch = this.#roomFor(source, bytes);
    batch.events.push(event);
    batch.bytes += bytes;
  }

  #roomFor(source: EventSource, bytes: number): Collected {
    const batch = this.#batchOf(source);
    if (batch.bytes === 0 || batch.bytes + bytes <= maxBytes) return batch;
    this.#collected.get(source.filter)?.delete(source.stream);
    this.#deliver(batch);
    return this.#batchOf(source);
  }

  #batchOf(source: EventSource): Collected {
    const streams = this.#streamsOf(source.filter);
    const begun = streams.get(source.stream);
    if (begun !== undefined) return begun;
    const batch: Collected = { ...source, events: [], bytes: 0 };
    streams.set(source.stream, batch);
    return batch;
  }

  /** One timer for all streams of a subscription, from the first event on. */
  #streamsOf(filter: StoredFilter): Map<LogStream, Collected> {
    const begun = this.#collected.get(filter);
    if (begun !== undefined) return begun;
    const streams = new Map<LogStream, Collected>();
    this.#collected.set(filter, streams);
    this.#clock.setTimer(() => {
      this.#collected.delete(filter);
      for (const batch of streams.values()) this.#deliver(batch);
    }, collectingMs);
    return streams;
  }
}
