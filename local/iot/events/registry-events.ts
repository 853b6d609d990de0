import { randomUUID } from 'node:crypto';

import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotMessage } from '../connection.ts';
import type { RegistryChange, RegistryListener } from '../registry/registry-changes.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { type RegistryEvent, registryEventsOf } from './registry-event.ts';

export interface RegistryEventsOptions {
  readonly registry: IotRegistry;
  readonly behaviour: Pick<IotBehaviour, 'events.quality-of-service' | 'events.deletion-removes-members'>;
  readonly publish: (message: IotMessage) => void;
}

const isOpposite = (a: RegistryEvent, b: RegistryEvent): boolean =>
  a.topic === b.topic && ['ADDED REMOVED', 'REMOVED ADDED'].includes(`${a.operation} ${b.operation}`);

/** What one operation did and undid again did not happen. */
const withoutUndone = (events: readonly RegistryEvent[]): readonly RegistryEvent[] => {
  const left: RegistryEvent[] = [];
  for (const event of events) {
    const undone = left.findIndex((earlier) => isOpposite(earlier, event));
    if (undone === -1) left.push(event);
    else left.splice(undone, 1);
  }
  return left;
};

const isDeletion = ({ kind, operation }: RegistryEvent): boolean => (kind === 'THING' || kind === 'THING_GROUP') && operation === 'DELETED';

const withoutMembers = (events: readonly RegistryEvent[]): readonly RegistryEvent[] =>
  events.some(isDeletion) ? events.filter(({ kind }) => kind !== 'THING_GROUP_MEMBERSHIP') : events;

/** Publishes the registry's changes as the kinds of events that the account has switched on, once each operation is through. */
export const createRegistryEvents = ({ registry, behaviour, publish }: RegistryEventsOptions): RegistryListener => {
  const pending: RegistryEvent[] = [];

  const messageOf = ({ topic, operation, kind, members }: RegistryEvent): IotMessage => {
    const event = {
      eventType: `${kind}_EVENT`,
      eventId: randomUUID(),
      timestamp: registry.clock.now(),
      operation,
      accountId: registry.account.accountId,
      ...members,
    };
    const payload = Buffer.from(JSON.stringify(event));
    return {
      topic: `$aws/events/${topic}/${operation.toLowerCase()}`,
      payload,
      qos: behaviour['events.quality-of-service'],
      retain: false,
    };
  };

  const flush = (): void => {
    const events = withoutUndone(pending.splice(0));
    const kept = behaviour['events.deletion-removes-members'] ? events : withoutMembers(events);
    for (const event of kept) if (registry.eventConfigurations.isEnabled(event.kind)) publish(messageOf(event));
  };

  return (change: RegistryChange) => {
    if (!registry.eventConfigurations.isAnyEnabled) return;
    const events = registryEventsOf(registry, change);
    if (events.length === 0) return;
    if (pending.length === 0) queueMicrotask(flush);
    pending.push(...events);
  };
};
