import type { ClaimAlarms, ClaimConnections, ClaimStore, ClaimUse, ConnectionEnding } from '../../../domain/claim/claim-ports.ts';
import type { SharedUseSuppressions } from '../../../domain/defender/defender-ports.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import type { AuditLog, ClaimCertificates } from '../../../domain/ports.ts';
import type { Clock } from '../../middleware/clock.ts';

/** What the operations on claims are performed with. */
export interface ClaimResources {
  /** Begins the name of every resource and thing of the deployment. */
  readonly prefix: string;
  readonly lines: readonly LineSettings[];
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly claims: ClaimStore;
  readonly certificates: ClaimCertificates;
  readonly claimConnections: ClaimConnections;
  readonly connectionEnding: ConnectionEnding;
  readonly claimAlarms: ClaimAlarms;
  readonly claimUse: ClaimUse;
  /** Where Device Defender audits the account by our configuration. */
  readonly suppressions?: SharedUseSuppressions | undefined;
}
