import * as z from 'zod';
import type { IotMessage, MessageObserver } from '../connection.ts';
import { eventIn } from './event-in.ts';
import type { CountedMetric } from './security-profile.ts';

const presence = /^\$aws\/events\/presence\/(connected|connect_failed|disconnected)\//;

const told = z.object({ clientId: z.string(), timestamp: z.number() });

const metricOf = (event: string | undefined): CountedMetric =>
  event === 'disconnected' ? 'aws:num-disconnects' : 'aws:num-connection-attempts';

/** The longest time that a behavior looks back. */
const longestMs = 3_600_000;

/** When clients connected and disconnected within the last hour, by the account's own lifecycle events. */
export class ConnectionCounts implements MessageObserver {
  readonly #times = new Map<string, number[]>();
  /** Nothing is kept while nobody wants to know. */
  isOn = false;

  observe({ topic, payload }: Pick<IotMessage, 'topic' | 'payload'>, publisher?: unknown): void {
    if (!this.isOn || publisher !== undefined) return;
    const event = presence.exec(topic)?.[1];
    const { data } = event === undefined ? {} : told.safeParse(eventIn(payload));
    if (data === undefined) return;
    const key = `${metricOf(event)} ${data.clientId}`;
    const recent = (this.#times.get(key) ?? []).filter((at) => data.timestamp - at < longestMs);
    this.#times.set(key, [...recent, data.timestamp]);
  }

  countOf(metric: CountedMetric, clientId: string, sinceMs: number): number {
    return (this.#times.get(`${metric} ${clientId}`) ?? []).filter((at) => at > sinceMs).length;
  }
}
