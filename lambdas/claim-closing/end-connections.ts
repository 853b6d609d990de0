import type { ClaimConnections, ConnectionEnding } from '../../domain/claim/claim-ports.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { Clock } from '../middleware/clock.ts';
import { HOUR_MS } from '../../domain/duration.ts';

export interface ConnectionEnder {
  readonly claimConnections: Pick<ClaimConnections, 'since'>;
  readonly connectionEnding: ConnectionEnding;
  readonly clock: Clock;
}

/** What became of the connections that were seen under closed certificates. */
export interface EndedConnections {
  readonly ended: number;
  /** Over already. */
  readonly gone: number;
  /** Not tried, for lack of time. */
  readonly left: number;
}

// AWS IoT takes a hundred calls of DeleteConnection a second from an account; half of that is left to others.
const WAVE = 10;
const WAVE_MS = 200;
/** A caller waits at the other end; what is left over is said, and done by the same request again. */
const BUDGET_MS = 15_000;

/** Ends the connections of the last hour, the latest first: a device that is onboarding right now holds one of these. */
export const endConnections = async (ender: ConnectionEnder, certificates: readonly CertificateId[]): Promise<EndedConnections> => {
  const { clock, connectionEnding } = ender;
  const startedAt = clock.now();
  const clientIds = await seenWithinTheHour(ender, certificates);
  const count = { ended: 0, gone: 0 };
  let tried = 0;
  while (tried < clientIds.length && clock.now() - startedAt < BUDGET_MS) {
    if (tried > 0) await clock.pause(WAVE_MS);
    const wave = clientIds.slice(tried, tried + WAVE);
    for (const outcome of await Promise.all(wave.map((clientId) => connectionEnding.end(clientId)))) count[outcome] += 1;
    tried += wave.length;
  }
  return { ...count, left: clientIds.length - tried };
};

const seenWithinTheHour = async ({ claimConnections, clock }: ConnectionEnder, certificates: readonly CertificateId[]) => {
  const clientIds = new Set<string>();
  for (const certificate of certificates) {
    for await (const { clientId } of claimConnections.since(certificate, clock.now() - HOUR_MS)) clientIds.add(clientId);
  }
  return [...clientIds];
};
