import type { Clock } from '../clock.ts';
import type { EventRecord } from './record/event-record.ts';

/** CloudTrail User Guide, "Working with CloudTrail event history". */
const keptMs = 90 * 24 * 3_600_000;

/** CloudTrail User Guide, "How CloudTrail works": within about five minutes of the call. */
const visibleAfterMs = 5 * 60_000;

/** More are forgotten, the oldest first. */
const MAX_EVENTS = 10_000;

/** What LookupEvents looks through. */
export class EventHistory {
  readonly #clock: Clock;
  readonly #events: EventRecord[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(event: EventRecord): void {
    this.#events.push(event);
    if (this.#events.length > MAX_EVENTS) this.#events.splice(0, MAX_EVENTS / 10);
  }

  /** The newest first. */
  visible(): readonly EventRecord[] {
    const now = this.#clock.now();
    return this.#events.filter(({ atMs }) => atMs <= now - visibleAfterMs && atMs > now - keptMs).reverse();
  }
}
