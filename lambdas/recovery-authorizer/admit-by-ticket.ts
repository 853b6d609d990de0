import { useRecovery } from '../../domain/changes/recover.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { refusalOfRecovery } from '../../domain/recovery/judge-recovery.ts';
import { recoveryClaimOf } from '../../domain/recovery/recovery-connection.ts';
import type { RecoveryProofs, RecoveryStore } from '../../domain/recovery/recovery-ports.ts';
import type { Knock } from './read-knock.ts';

export interface TicketTaker {
  readonly store: RecoveryStore;
  readonly proofs: Pick<RecoveryProofs, 'signerOf'>;
}

/** When and as which event a ticket is taken. */
export interface TakingStamp {
  readonly at: number;
  readonly eventId: string;
}

export type TakenTicket = { readonly event: AuditEvent } | { readonly reason: ReasonCode; readonly enrollment: Enrollment | undefined };

const MAX_ATTEMPTS = 3;

/** Takes a ticket that is good, once: the write that takes it is the one that opens the claim of the connection. */
export const admitByTicket = async (
  { store, proofs }: TicketTaker,
  { occasion, proof }: Knock,
  { at, eventId, signal }: TakingStamp & { readonly signal: AbortSignal },
): Promise<TakenTicket> => {
  const presented = { ...proof, signer: proofs.signerOf(proof, occasion) };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const enrollment = await store.read(occasion.thingName, signal);
    const reason = refusalOfRecovery(enrollment, presented, at);
    if (enrollment === undefined || reason !== undefined) return { reason: reason ?? 'unknown-serial', enrollment };
    const change = useRecovery(enrollment, { id: eventId, at, actor: { kind: 'device' } }, occasion.clientId);
    if (change.outcome !== 'changed') return { reason: 'no-open-recovery', enrollment };
    const claim = recoveryClaimOf(enrollment, { clientId: occasion.clientId, at });
    if ((await store.use(change.enrollment, claim, signal)) === 'written') return { event: change.enrollment.lastEvent };
  }
  return { reason: 'lost-a-race', enrollment: undefined };
};
