import type { CampaignStore, DueRotations, RotationJobs } from '../../../domain/rotation/planning-ports.ts';
import type { RotationId } from '../../../domain/rotation/rotation.ts';

/** What operations on rotations are performed with, beside the planner's run. */
export interface RotationResources {
  readonly campaigns: CampaignStore;
  readonly due: Pick<DueRotations, 'count'>;
  readonly jobs: Pick<RotationJobs, 'create' | 'report'>;
  /** A name for another rotation. */
  readonly newId: () => RotationId;
}
