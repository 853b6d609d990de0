import type { Clock } from '../../clock.ts';

/** The kinds of events that an account can switch on (API Reference, UpdateEventConfigurations). */
export const eventKinds = [
  'THING',
  'THING_GROUP',
  'THING_TYPE',
  'THING_GROUP_MEMBERSHIP',
  'THING_GROUP_HIERARCHY',
  'THING_TYPE_ASSOCIATION',
  'JOB',
  'JOB_EXECUTION',
  'POLICY',
  'CERTIFICATE',
  'CA_CERTIFICATE',
] as const;

export type EventKind = (typeof eventKinds)[number];

/**
 * Which kinds of events the account wants; none until it says so. The last three are stored and have no effect: the guide
 * maps them to lifecycle and just-in-time registration events, which are always on.
 */
export class EventConfigurations {
  readonly #clock: Clock;
  readonly #enabled = new Set<EventKind>();
  #createdAt: number | undefined;
  #modifiedAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isEnabled(kind: EventKind): boolean {
    return this.#enabled.has(kind);
  }

  get isAnyEnabled(): boolean {
    return this.#enabled.size > 0;
  }

  set(kind: EventKind, isEnabled: boolean): void {
    if (isEnabled) this.#enabled.add(kind);
    else this.#enabled.delete(kind);
    this.#modifiedAt = this.#clock.now();
    this.#createdAt ??= this.#modifiedAt;
  }

  /** Milliseconds since the epoch; undefined while nothing was ever set. */
  get dates(): { readonly createdAt: number | undefined; readonly modifiedAt: number | undefined } {
    return { createdAt: this.#createdAt, modifiedAt: this.#modifiedAt };
  }
}
