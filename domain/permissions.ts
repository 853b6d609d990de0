import { type SharedBoundary, sharedTopicName } from './boundary.ts';
import type { TopicTree } from './topics.ts';

/** What may be done with which topics and client ids: their names, with `*` where anything may follow. */
export interface Permissions {
  readonly connect: readonly string[];
  readonly publish: readonly string[];
  readonly receive: readonly string[];
  readonly subscribe: readonly string[];
}

export const nothing: Permissions = { connect: [], publish: [], receive: [], subscribe: [] };

export const joined = (...parts: readonly Permissions[]): Permissions => ({
  connect: parts.flatMap(({ connect }) => connect),
  publish: parts.flatMap(({ publish }) => publish),
  receive: parts.flatMap(({ receive }) => receive),
  subscribe: parts.flatMap(({ subscribe }) => subscribe),
});

const both = (names: readonly string[]): Permissions => ({ ...nothing, publish: names, receive: names, subscribe: names });

/** What lies below a device's own root, by its thing's name or what stands for it. */
export const ownPermissions = (topics: TopicTree, thing: string): Permissions => both([`${topics.thing(thing)}/*`]);

/** What is left to a device in quarantine. */
export const diagnosisPermissions = (topics: TopicTree, thing: string): Permissions => both([`${topics.diagnosis(thing)}/*`]);

/** Following the jobs that AWS IoT has for a thing: asking for them, being told of them, and saying how it is getting on (DG:jobs-mqtt-api). */
export const jobPermissions = (thing: string): Permissions => both([`$aws/things/${thing}/jobs/*`]);

/** Asking what time it is. */
export const timePermissions = (topics: TopicTree, thing: string): Permissions => {
  const { ask, tell } = topics.time(thing);
  return { ...nothing, publish: [ask], receive: [tell], subscribe: [tell] };
};

/** What the devices of a line or of a tenant share. */
export const sharedPermissions = (topics: TopicTree, boundary: SharedBoundary): Permissions => {
  const root = boundary.of === 'line' ? topics.line(boundary.line) : topics.tenant(boundary.tenant);
  const read = boundary.sharedTopics.map((shared) => sharedTopicName(root, shared));
  const published = boundary.sharedTopics.filter(({ publish }) => publish).map((shared) => sharedTopicName(root, shared));
  return { ...nothing, publish: published, receive: read, subscribe: read };
};

/** The topics that a device had as `/devices/<id>/…` of Google Cloud IoT Core. */
export const inheritedPermissions = (id: string): Permissions => {
  const told = [`/devices/${id}/config`, `/devices/${id}/commands`, `/devices/${id}/commands/*`];
  return {
    ...nothing,
    publish: [`/devices/${id}/events`, `/devices/${id}/events/*`, `/devices/${id}/state`],
    receive: told,
    subscribe: told,
  };
};
