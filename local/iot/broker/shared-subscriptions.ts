import type { RoutedMessage, Subscription } from './message.ts';
import { quotas } from './quotas.ts';
import type { Session } from './session.ts';
import { SharedGroup, type SharedGroupTerms } from './shared-group.ts';
import type { SharedName } from './shared-name.ts';
import { SubscriptionIndex } from './subscription-index.ts';

const keyOf = ({ shareName, filter }: SharedName): string => `${shareName}/${filter}`;

/** The shared subscription groups of an account: one for each name and filter (DG:mqtt). */
export class SharedSubscriptions {
  readonly #groups = new Map<string, SharedGroup>();
  readonly #index = new SubscriptionIndex<SharedGroup, true>();
  readonly #terms: SharedGroupTerms;

  constructor(terms: SharedGroupTerms) {
    this.#terms = terms;
  }

  /** Whether the quotas let this session in. */
  hasRoom(name: SharedName, session: Session): boolean {
    const group = this.#groups.get(keyOf(name));
    if (group === undefined) return this.#groups.size < quotas.sharedGroups;
    return group.members.has(session) || group.members.size < quotas.sharedGroupMembers;
  }

  join(name: SharedName, session: Session, subscription: Subscription): void {
    const group = this.#groups.get(keyOf(name)) ?? this.#open(name);
    group.members.set(session, subscription);
    group.drain();
  }

  /** What the group stored for its members goes with the last of them. */
  leave(name: SharedName, session: Session): void {
    const group = this.#groups.get(keyOf(name));
    group?.members.delete(session);
    if (group?.members.size !== 0) return;
    this.#groups.delete(keyOf(name));
    this.#index.remove(name.filter, group);
  }

  /** A session found its client again. */
  drain(session: Session): void {
    for (const group of this.#groups.values()) if (group.members.has(session)) group.drain();
  }

  distribute(message: RoutedMessage): void {
    if (this.#groups.size === 0) return;
    const matching: SharedGroup[] = [];
    this.#index.forEachMatch(message.topic, (group) => matching.push(group));
    for (const group of matching) group.distribute(message);
  }

  #open(name: SharedName): SharedGroup {
    const group = new SharedGroup(this.#terms);
    this.#groups.set(keyOf(name), group);
    this.#index.add(name.filter, group, true);
    return group;
  }
}
