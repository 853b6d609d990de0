import type { Enrollment } from '../../domain/enrollment.ts';
import type { LineRotations } from '../../domain/rotation/rotation-settings.ts';
import type { FleetGauge } from '../../domain/monitoring/fleet-gauge.ts';
import type { RotationId } from '../../domain/rotation/rotation.ts';
import type { CampaignStore, DueRotations, RotationJobs } from '../../domain/rotation/planning-ports.ts';
import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';
import type { Clock } from '../middleware/clock.ts';
import type { FaultLog } from '../middleware/fault-log.ts';

/** What rotations are planned with. */
export interface Planner {
  readonly rotations: LineRotations;
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly due: DueRotations;
  readonly campaigns: CampaignStore;
  readonly jobs: RotationJobs;
  /** Whether there is another credential for a device. */
  readonly hasNext: (enrollment: Enrollment) => boolean;
  /** A name for another rotation. */
  readonly newId: () => RotationId;
  readonly audit: AuditLog;
  readonly gauge: FleetGauge;
  readonly faults: FaultLog;
  readonly clock: Pick<Clock, 'now'>;
}

export const PLANNER = { kind: 'service', name: 'rotation-planner' } as const;
