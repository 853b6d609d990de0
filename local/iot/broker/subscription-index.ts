import { isWildcard } from './topic-name.ts';

interface Level<Subscriber, Options> {
  readonly children: Map<string, Level<Subscriber, Options>>;
  readonly subscribers: Map<Subscriber, Options>;
}

const emptyLevel = <Subscriber, Options>(): Level<Subscriber, Options> => ({ children: new Map(), subscribers: new Map() });

/** Finds who subscribed to a topic without looking at every subscription: a map of exact filters beside a tree of wild ones. */
export class SubscriptionIndex<Subscriber, Options> {
  readonly #exact = new Map<string, Map<Subscriber, Options>>();
  readonly #wild = emptyLevel<Subscriber, Options>();

  add(filter: string, subscriber: Subscriber, options: Options): void {
    if (isWildcard(filter)) this.#grow(filter).subscribers.set(subscriber, options);
    else {
      const subscribers = this.#exact.get(filter) ?? new Map<Subscriber, Options>();
      this.#exact.set(filter, subscribers.set(subscriber, options));
    }
  }

  remove(filter: string, subscriber: Subscriber): void {
    if (isWildcard(filter)) {
      this.#prune(this.#wild, filter.split('/'), 0, subscriber);
      return;
    }
    const subscribers = this.#exact.get(filter);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#exact.delete(filter);
  }

  /** Calls back once per matching subscription, so maybe several times for one subscriber. */
  forEachMatch(topic: string, visit: (subscriber: Subscriber, options: Options) => void): void {
    this.#exact.get(topic)?.forEach((options, subscriber) => {
      visit(subscriber, options);
    });
    if (this.#wild.children.size > 0) this.#descend(this.#wild, topic.split('/'), 0, visit);
  }

  #grow(filter: string): Level<Subscriber, Options> {
    let level = this.#wild;
    for (const name of filter.split('/')) {
      const child = level.children.get(name) ?? emptyLevel<Subscriber, Options>();
      level.children.set(name, child);
      level = child;
    }
    return level;
  }

  #prune(level: Level<Subscriber, Options>, names: readonly string[], depth: number, subscriber: Subscriber): void {
    const name = names[depth];
    if (name === undefined) {
      level.subscribers.delete(subscriber);
      return;
    }
    const child = level.children.get(name);
    if (child === undefined) return;
    this.#prune(child, names, depth + 1, subscriber);
    if (child.children.size === 0 && child.subscribers.size === 0) level.children.delete(name);
  }

  #descend(
    level: Level<Subscriber, Options>,
    names: readonly string[],
    depth: number,
    visit: (subscriber: Subscriber, options: Options) => void,
  ): void {
    const name = names[depth];
    if (name === undefined) {
      level.subscribers.forEach((options, subscriber) => {
        visit(subscriber, options);
      });
      return;
    }
    const mayBeWild = depth > 0 || !name.startsWith('$'); // [MQTT-4.7.2-1]
    if (mayBeWild) {
      // Reached only while a level is left: AWS's `a/#` does not cover `a` (DG:topics).
      level.children.get('#')?.subscribers.forEach((options, subscriber) => {
        visit(subscriber, options);
      });
      const plus = level.children.get('+');
      if (plus !== undefined) this.#descend(plus, names, depth + 1, visit);
    }
    const child = level.children.get(name);
    if (child !== undefined) this.#descend(child, names, depth + 1, visit);
  }
}
