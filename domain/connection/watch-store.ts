import type { ThingName } from '../identifiers.ts';
import type { WriteOutcome } from '../ports.ts';

/** What a watch remembers of a device. */
export interface Watched {
  readonly thingName: ThingName;
  /** Grows by one with each write. */
  readonly version: number;
}

/** Where a watch remembers what it saw of devices, an item for each that ever gave cause. */
export interface WatchStore<Remembered extends Watched> {
  /** Strongly consistent. */
  read(thing: ThingName): Promise<Remembered | undefined>;
  /** Writes a version over the one before it, or the first one. */
  write(next: Remembered): Promise<WriteOutcome>;
}
