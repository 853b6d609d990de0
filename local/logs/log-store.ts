import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { LogEvent, LogGroupClass, LogStream } from './log-group.ts';
import { LogGroup, newEvent } from './log-group.ts';

/** Told of every batch of events that arrives. */
export type LogListener = (group: LogGroup, stream: LogStream, events: readonly LogEvent[]) => void;

/** Events that a stream keeps at most; the oldest go first, many at once, so that this is seldom. AWS keeps all. */
const maxEvents = 100_000;
const forgottenAtOnce = 10_000;

/** The log groups of one account and region. */
export class LogStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #groups = new Map<string, LogGroup>();
  readonly #listeners: LogListener[] = [];

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  onEvents(listener: LogListener): void {
    this.#listeners.push(listener);
  }

  create(name: string, groupClass: LogGroupClass = 'STANDARD'): LogGroup {
    if (this.#groups.has(name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    const arn = arnOf(this.#account, 'logs', `log-group:${name}`);
    const group = new LogGroup({ name, arn, createdAtMs: this.#clock.now(), groupClass });
    this.#groups.set(name, group);
    return group;
  }

  delete(group: LogGroup): void {
    this.#groups.delete(group.name);
  }

  list(): readonly LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): LogGroup | undefined {
    return this.#groups.get(name);
  }

  /** By name or ARN, with or without `:*`. */
  get(reference: string): LogGroup {
    const prefix = arnOf(this.#account, 'logs', 'log-group:');
    const name = reference.startsWith(prefix) ? reference.slice(prefix.length).replace(/:\*$/, '') : reference;
    const group = this.#groups.get(name);
    if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  createStream(group: LogGroup, name: string): LogStream {
    if (group.streams.has(name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    const stream = { name, createdAtMs: this.#clock.now(), events: [] };
    group.streams.set(name, stream);
    return stream;
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (stream === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  /** Adds events, oldest first; streams keep the order in which batches arrive. */
  add(group: LogGroup, stream: LogStream, entries: readonly { readonly message: string; readonly timestampMs: number }[]): void {
    const nowMs = this.#clock.now();
    const events = entries.map(({ message, timestampMs }) => newEvent(message, timestampMs, nowMs));
    for (const event of events) stream.events.push(event);
    if (stream.events.length > maxEvents) stream.events.splice(0, stream.events.length - maxEvents + forgottenAtOnce);
    for (const listener of this.#listeners) listener(group, stream, events);
  }

  /** What services of the account write: group and stream are made if there are none. */
  append(groupName: string, streamName: string, message: string): void {
    const group = this.#groups.get(groupName) ?? this.create(groupName);
    const stream = group.streams.get(streamName) ?? this.createStream(group, streamName);
    this.add(group, stream, [{ message, timestampMs: this.#clock.now() }]);
  }
}
