import type { ClaimConnections, ConnectionEnding } from '../../../domain/claim/claim-ports.ts';
import type { Succession } from '../../../domain/changes/transfer.ts';
import type { Configuration } from '../../../domain/configuration/configuration-schema.ts';
import type { AuditReader, CertificateStates, ThingGroups } from '../../../domain/device-ports.ts';
import type { RefusedPublishes } from '../../../domain/connection/refused-publishes.ts';
import type { WatchStore } from '../../../domain/connection/watch-store.ts';
import type { TakeOverStore } from '../../../domain/connection/take-over-ports.ts';
import type { Requirement, RequirementDescription } from '../../../domain/enroller.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { ApproachName } from '../../../domain/identifiers.ts';
import type { AuditLog, EnrollmentStore } from '../../../domain/ports.ts';
import type { DeviceRemoval } from '../../../domain/registry-ports.ts';

/** What the operations on devices are performed with. */
export interface DeviceResources {
  /** Begins the name of every resource and thing of the deployment. */
  readonly prefix: string;
  /** What was deployed. */
  readonly configuration: Configuration;
  readonly store: EnrollmentStore;
  /** Where a change is put on record, by whoever made it. */
  readonly audit: AuditLog;
  readonly auditReader: AuditReader;
  readonly thingGroups: ThingGroups;
  readonly certificateStates: CertificateStates;
  readonly claimConnections: Pick<ClaimConnections, 'addressOf'>;
  readonly connectionEnding: ConnectionEnding;
  readonly takeOvers: Pick<TakeOverStore, 'read'>;
  readonly refusedPublishes: Pick<WatchStore<RefusedPublishes>, 'read'>;
  readonly deviceRemoval: DeviceRemoval;
  /** What a device proves itself by once its former owner's copies count no more; `undefined` where only an operator can say it. */
  readonly successionOf: (enrollment: Enrollment) => Succession | undefined;
  /** What is public of what a device must prove, in the words of its approach. */
  readonly describeRequirement: (approach: ApproachName, requirement: Requirement) => RequirementDescription | undefined;
}
