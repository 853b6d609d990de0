import * as z from 'zod';
import type { IotMessage, MessageObserver } from '../connection.ts';
import { eventIn } from './event-in.ts';

/** Two clients that were connected with one certificate at the same time. */
export interface SharedUse {
  readonly certificateId: string;
  readonly clientIds: readonly [string, string];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A client whose connection ended because another came under its client id. */
export interface ClientConflict {
  readonly clientId: string;
  readonly at: number;
}

const presence = '$aws/events/presence/';

const connected = z.object({ clientId: z.string(), principalIdentifier: z.string(), sessionIdentifier: z.string(), timestamp: z.number() });
const disconnected = z.object({ ...connected.shape, disconnectReason: z.string() });

const mostRemembered = 10_000;

/** What audits know of connections: collected from the account's own lifecycle events, whether an audit is on or not. */
export class ConnectionHistory implements MessageObserver {
  readonly #open = new Map<string, Map<string, string>>();
  readonly #shared: SharedUse[] = [];
  readonly #conflicts: ClientConflict[] = [];

  observe({ topic, payload }: Pick<IotMessage, 'topic' | 'payload'>, publisher?: unknown): void {
    // Clients cannot publish there; what has a publisher is not the service's own.
    if (publisher !== undefined || !topic.startsWith(presence)) return;
    const event = eventIn(payload);
    const came = topic.startsWith(`${presence}connected/`) ? connected.safeParse(event).data : undefined;
    const went = topic.startsWith(`${presence}disconnected/`) ? disconnected.safeParse(event).data : undefined;
    if (came !== undefined) this.#onConnected(came);
    if (went !== undefined) this.#onDisconnected(went);
  }

  sharedBetween(fromMs: number, untilMs: number): readonly SharedUse[] {
    return this.#shared.filter(({ at }) => at > fromMs && at <= untilMs);
  }

  conflictsBetween(fromMs: number, untilMs: number): readonly ClientConflict[] {
    return this.#conflicts.filter(({ at }) => at > fromMs && at <= untilMs);
  }

  #onConnected({ clientId, principalIdentifier: certificateId, sessionIdentifier, timestamp: at }: z.output<typeof connected>): void {
    const clients = this.#open.get(certificateId) ?? new Map<string, string>();
    const other = [...clients.values()].find((one) => one !== clientId);
    if (other !== undefined) this.#shared.push({ certificateId, clientIds: [other, clientId], at });
    this.#open.set(certificateId, clients.set(sessionIdentifier, clientId));
    this.#shared.splice(0, Math.max(0, this.#shared.length - mostRemembered));
  }

  #onDisconnected(event: z.output<typeof disconnected>): void {
    const clients = this.#open.get(event.principalIdentifier);
    clients?.delete(event.sessionIdentifier);
    if (clients?.size === 0) this.#open.delete(event.principalIdentifier);
    if (event.disconnectReason !== 'DUPLICATE_CLIENTID') return;
    this.#conflicts.push({ clientId: event.clientId, at: event.timestamp });
    this.#conflicts.splice(0, Math.max(0, this.#conflicts.length - mostRemembered));
  }
}
