import type { WatchStore, Watched } from '../../domain/connection/watch-store.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { WriteOutcome } from '../../domain/ports.ts';

/** What a watch remembers, in a map, with the conditions of the real store. */
export class InMemoryWatchStore<Remembered extends Watched> implements WatchStore<Remembered> {
  readonly items = new Map<ThingName, Remembered>();

  async read(thing: ThingName): Promise<Remembered | undefined> {
    await Promise.resolve();
    return this.items.get(thing);
  }

  async write(next: Remembered): Promise<WriteOutcome> {
    await Promise.resolve();
    if ((this.items.get(next.thingName)?.version ?? 0) !== next.version - 1) return 'conflict';
    this.items.set(next.thingName, next);
    return 'written';
  }
}
