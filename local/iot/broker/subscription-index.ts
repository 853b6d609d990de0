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
      this.#prune(filter, subscriber);
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
    if (this.#wild.children.size > 0) this.#descend(topic, visit);
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

  /** Takes the subscriber out, then every level that leads nowhere any more, from the end. */
  #prune(filter: string, subscriber: Subscriber): void {
    const path: { readonly parent: Level<Subscriber, Options>; readonly name: string; readonly child: Level<Subscriber, Options> }[] = [];
    let parent = this.#wild;
    for (const name of filter.split('/')) {
      const child = parent.children.get(name);
      if (child === undefined) return;
      path.push({ parent, name, child });
      parent = child;
    }
    parent.subscribers.delete(subscriber);
    for (const step of path.reverse()) {
      if (step.child.subscribers.size === 0 && step.child.children.size === 0) step.parent.children.delete(step.name);
    }
  }

  #descend(topic: string, visit: (subscriber: Subscriber, options: Options) => void): void {
    const visitAll = (level: Level<Subscriber, Options> | undefined): void => {
      level?.subscribers.forEach((options, subscriber) => {
        visit(subscriber, options);
      });
    };
    let reached = [this.#wild];
    for (const [depth, name] of topic.split('/').entries()) {
      const mayBeWild = depth > 0 || !name.startsWith('$'); // [MQTT-4.7.2-1]
      // `#` needs a level to stand for: AWS's `a/#` does not cover `a` (DG:topics).
      if (mayBeWild) for (const level of reached) visitAll(level.children.get('#'));
      reached = reached.flatMap(({ children }) =>
        [mayBeWild ? children.get('+') : undefined, children.get(name)].filter((level) => level !== undefined),
      );
    }
    for (const level of reached) visitAll(level);
  }
}
