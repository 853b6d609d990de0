import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { RetainedMessages } from '../../../../local/iot/broker/retained-messages.ts';
import { Router } from '../../../../local/iot/broker/router.ts';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import type { Receiver, Session } from '../../../../local/iot/broker/session.ts';
import { SessionStore } from '../../../../local/iot/broker/session-store.ts';
import { SharedSubscriptions } from '../../../../local/iot/broker/shared-subscriptions.ts';
import { filterMatches } from '../../../../local/iot/broker/topic-matching.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';

const level = fc.constantFrom('a', 'b', '', '$x');
const topics = fc.array(level, { minLength: 1, maxLength: 3 }).map((levels) => levels.join('/'));
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'))
  .filter((filter) => filter !== '');
const subscriptions = fc
  .tuple(fc.constantFrom(undefined, 'one', 'two'), filters)
  .map(([group, filter]) => (group === undefined ? filter : `$share/${group}/${filter}`));

const client = fc.nat(4);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('subscribe' as const), client, filter: subscriptions }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unsubscribe' as const), client, filter: subscriptions }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('leave' as const), client }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('return' as const), client }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('publish' as const), topic: topics }) },
);

/** The whole of subscriptions and dispatch, without any network: five clients with persistent sessions that acknowledge at once. */
class World {
  readonly #clock = new ManualClock(0);
  readonly #store: SessionStore;
  readonly #router: Router;
  readonly #sessions: Session[];
  readonly online = new Set([0, 1, 2, 3, 4]);
  /** Which clients got the message of that payload, once for each copy. */
  readonly received = new Map<string, number[]>();
  #sent = 0;

  constructor(pick: (count: number) => number) {
    const behaviour = createBehaviour();
    const mayStore = (): boolean => true;
    const shared = new SharedSubscriptions({ clock: this.#clock, pick, capacity: 1000, keepMs: 3_600_000, mayStore });
    this.#store = new SessionStore({ clock: this.#clock, queue: { capacity: 1000, mayStore }, shared });
    this.#router = new Router(this.#store, new RetainedMessages(this.#clock), { behaviour, observers: [], log: () => undefined });
    this.#sessions = [0, 1, 2, 3, 4].map((index) => this.#open(index));
  }

  subscribe(index: number, filter: string): void {
    this.#store.subscribe(this.#session(index), filter, { qos: 1, noLocal: false, retainAsPublished: false });
  }

  unsubscribe(index: number, filter: string): void {
    this.#store.unsubscribe(this.#session(index), filter);
  }

  leave(index: number): void {
    if (this.online.delete(index)) this.#store.release(this.#session(index));
  }

  comeBack(index: number): void {
    if (this.online.has(index)) return;
    this.online.add(index);
    this.#sessions[index] = this.#open(index);
  }

  publish(topic: string): string {
    this.#sent += 1;
    const payload = String(this.#sent);
    this.received.set(payload, []);
    this.#router.publish({ topic, payload: Buffer.from(payload), qos: 1, retain: false });
    return payload;
  }

  filtersOf(index: number): readonly string[] {
    return [...this.#session(index).subscriptions.keys()];
  }

  everyoneReturns(): void {
    for (const index of [0, 1, 2, 3, 4]) this.comeBack(index);
    for (let second = 0; second < 200; second += 1) this.#clock.advance(1000);
  }

  #open(index: number): Session {
    const { session } = this.#store.open(`client-${index}`, { version: 4, isCleanStart: false });
    session.expirySeconds = 1_000_000;
    const got = (payload: Buffer): void => void this.received.get(payload.toString())?.push(index);
    const receiver: Receiver = {
      receiveMaximum: 100,
      hasRate: true,
      deliver: ({ payload }) => {
        got(payload);
      },
      transmit: ({ message }, messageId) => {
        got(message.payload);
        this.#acknowledgeLater(session, messageId);
        return 'sent';
      },
    };
    session.attach(receiver);
    session.queue.handOut(1000, 0);
    this.#store.shared.drain(session);
    return session;
  }

  #acknowledgeLater(session: Session, messageId: number): void {
    this.#clock.setTimer(() => {
      session.queue.acknowledge(messageId, 0);
    }, 0);
    this.#clock.advance(0);
  }

  #session(index: number): Session {
    const session = this.#sessions[index];
    if (session === undefined) throw new Error(`there is no client ${index}`);
    return session;
  }
}

/** What the index must come to, found by looking at every subscription. */
const expectedOf = (world: World, topic: string): { plain: readonly number[]; groups: ReadonlyMap<string, readonly number[]> } => {
  const plain: number[] = [];
  const groups = new Map<string, number[]>();
  for (const index of [0, 1, 2, 3, 4]) {
    const held = world.filtersOf(index);
    if (held.some((filter) => !filter.startsWith('$share/') && filterMatches(filter, topic))) plain.push(index);
    for (const filter of held.filter((one) => one.startsWith('$share/'))) {
      const inner = filter.slice(filter.indexOf('/', '$share/'.length) + 1);
      if (filterMatches(inner, topic)) groups.set(filter, [...(groups.get(filter) ?? []), index]);
    }
  }
  return { plain, groups };
};

describe('a message', () => {
  test('reaches each plain subscriber once and one member of each group that matches, whoever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.infiniteStream(fc.nat(1000)), (steps, chance) => {
        const world = new World((count) => (count === 0 ? 0 : (chance.next().value ?? 0) % count));
        for (const one of steps) {
          if (one.does === 'subscribe') world.subscribe(one.client, one.filter);
          else if (one.does === 'unsubscribe') world.unsubscribe(one.client, one.filter);
          else if (one.does === 'leave') world.leave(one.client);
          else if (one.does === 'return') world.comeBack(one.client);
          else {
            const { plain, groups } = expectedOf(world, one.topic);
            const payload = world.publish(one.topic);
            const now = world.received.get(payload) ?? [];
            const due = plain.filter((index) => world.online.has(index));
            const served = [...groups.values()].filter((members) => members.some((index) => world.online.has(index)));
            expect(now).toHaveLength(due.length + served.length);
            for (const index of due) expect(now).toContain(index);
            for (const index of now) expect(world.online.has(index) && (due.includes(index) || served.flat().includes(index))).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('that nobody was there for comes to one member of each group when everyone is back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(client, subscriptions), { minLength: 1, maxLength: 10 }), topics, (held, topic) => {
        const world = new World(() => 0);
        for (const [index, filter] of held) world.subscribe(index, filter);
        const { plain, groups } = expectedOf(world, topic);
        for (const index of [0, 1, 2, 3, 4]) world.leave(index);
        const payload = world.publish(topic);
        expect(world.received.get(payload)).toEqual([]);
        world.everyoneReturns();
        expect(world.received.get(payload)).toHaveLength(plain.length + groups.size);
      }),
    );
  });
});

describe('distribution in a group', () => {
  test('is at random', () => {
    let turn = 0;
    const world = new World((count) => {
      turn += 1;
      return turn % count;
    });
    for (const index of [0, 1, 2]) world.subscribe(index, '$share/g/t');
    const receivers = Array.from({ length: 6 }, () => world.received.get(world.publish('t'))?.[0]);
    expect(new Set(receivers)).toEqual(new Set([0, 1, 2]));
  });
});
