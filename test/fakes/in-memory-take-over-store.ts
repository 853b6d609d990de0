import type { TakeOverStore } from '../../domain/connection/take-over-ports.ts';
import type { TakeOvers } from '../../domain/connection/take-overs.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { WriteOutcome } from '../../domain/ports.ts';

/** Take-overs in a map, with the conditions of the real store. */
export class InMemoryTakeOverStore implements TakeOverStore {
  readonly items = new Map<ThingName, TakeOvers>();

  async read(thing: ThingName): Promise<TakeOvers | undefined> {
    await Promise.resolve();
    return this.items.get(thing);
  }

  async write(next: TakeOvers): Promise<WriteOutcome> {
    await Promise.resolve();
    if ((this.items.get(next.thingName)?.version ?? 0) !== next.version - 1) return 'conflict';
    this.items.set(next.thingName, next);
    return 'written';
  }
}
