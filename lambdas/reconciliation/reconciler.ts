import type { Actor } from '../../domain/audit-event.ts';
import type { ClaimStore } from '../../domain/claim/claim-ports.ts';
import type { CertificateStates, ThingGroups } from '../../domain/device-ports.ts';
import type { LineName } from '../../domain/identifiers.ts';
import type { CertificateRevocation, IssuedCertificates } from '../../domain/issuance/issuance-ports.ts';
import type { FleetGauge } from '../../domain/monitoring/fleet-gauge.ts';
import type { AuditLog, CertificateRetirement, EnrollmentStore } from '../../domain/ports.ts';
import type { Finding } from '../../domain/reconciliation/finding.ts';
import type { EmittedEvents, RegistryReads } from '../../domain/reconciliation/reconciliation-ports.ts';
import type { DueRotations } from '../../domain/rotation/planning-ports.ts';
import type { LineRotations } from '../../domain/rotation/rotation-settings.ts';
import type { Clock } from '../middleware/clock.ts';
import type { FaultLog } from '../middleware/fault-log.ts';

/** What the registry is compared with AWS IoT by, and what is wrong is put right with. */
export interface Reconciler {
  readonly prefix: string;
  readonly lines: readonly LineName[];
  readonly store: Pick<EnrollmentStore, 'readMany' | 'list' | 'replace'>;
  readonly claims: Pick<ClaimStore, 'readClaims'>;
  readonly registry: RegistryReads;
  readonly certificateStates: Pick<CertificateStates, 'statusOf' | 'revoke' | 'deactivate'>;
  readonly thingGroups: Pick<ThingGroups, 'add' | 'isIn'>;
  readonly retirement: CertificateRetirement;
  readonly emitted: EmittedEvents;
  /** What the own authority issued, and how it takes that back; none where AWS IoT signs. */
  readonly ownAuthority?: { readonly issued: Pick<IssuedCertificates, 'list' | 'strikeOff'>; readonly revocation: CertificateRevocation };
  /** The lines whose credentials are replaced, and the list of when each is due. */
  readonly rotations: LineRotations;
  readonly dueRotations: Pick<DueRotations, 'setDue'>;
  readonly audit: AuditLog;
  readonly gauge: FleetGauge;
  readonly faults: FaultLog;
  readonly clock: Clock;
}

/** Who reconciles, and whether anything may be changed. */
export interface Wishes {
  readonly actor: Actor;
  readonly isDryRun: boolean;
}

/**
 * - `left`: a person must decide
 * - `planned`: it would have been put right
 * - `repaired`: it was
 * - `failed`: it could not be, this time
 */
export type Result = 'left' | 'planned' | 'repaired' | 'failed';

/** A finding, and what became of it. */
export interface Reconciled {
  readonly finding: Finding;
  readonly result: Result;
}
