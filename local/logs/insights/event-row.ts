import { jsonOf } from '../filter/json-of.ts';
import type { LogEvent } from '../log-group.ts';
import type { Row, Value } from './row.ts';

/** An event and where it stands. */
export interface StoredEvent {
  readonly event: LogEvent;
  /** `<account>:<group>` */
  readonly log: string;
  readonly stream: string;
}

/** Times as results show them, e.g. `2026-11-20 12:00:00.000`. */
export const shownTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

const step = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;

const leaf = (value: unknown): Value | undefined => (typeof value === 'string' || typeof value === 'number' ? value : undefined);

/** The fields of an event: those that CloudWatch Logs gives it, and those that its message has, if that is JSON. */
export const eventRow = ({ event, log, stream }: StoredEvent): Row => {
  const given: Readonly<Record<string, Value>> = {
    '@timestamp': shownTime(event.timestampMs),
    '@ingestionTime': shownTime(event.ingestedAtMs),
    '@message': event.message,
    '@logStream': stream,
    '@log': log,
    '@ptr': Buffer.from(event.id).toString('base64'),
  };
  return (field) => (field.startsWith('@') ? given[field] : leaf(field.split('.').reduce(step, jsonOf(event.message))));
};
