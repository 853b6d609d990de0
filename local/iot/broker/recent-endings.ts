import type { Clock } from '../../clock.ts';
import type { TlsPeer } from './tls-peer.ts';

/** "This information is available for 30 minutes after the client disconnects" (IoT API reference, GetConnection). */
const keptMs = 30 * 60_000;

/** Between which addresses and ports a connection is. */
export const socketsOf = ({ sourceIp, sourcePort, targetPort }: TlsPeer) => ({ sourceIp, sourcePort, targetPort });

/** How the last connection of a client id ended. */
export interface RecentEnding {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly reason: string;
  readonly thingName: string | undefined;
  readonly isCleanStart: boolean;
  readonly sessionExpirySeconds: number;
  readonly keepAliveSeconds: number;
  readonly sockets: ReturnType<typeof socketsOf>;
}

/** What is still told of clients that went away. */
export class RecentEndings {
  readonly #clock: Clock;
  readonly #endings = new Map<string, RecentEnding>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(clientId: string, ending: RecentEnding): void {
    this.#forget();
    // Behind all others, so that the oldest are first.
    this.#endings.delete(clientId);
    this.#endings.set(clientId, ending);
  }

  find(clientId: string): RecentEnding | undefined {
    this.#forget();
    return this.#endings.get(clientId);
  }

  #forget(): void {
    for (const [clientId, { at }] of this.#endings) {
      if (this.#clock.now() - at < keptMs) return;
      this.#endings.delete(clientId);
    }
  }
}
