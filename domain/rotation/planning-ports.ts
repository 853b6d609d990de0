import type { Enrollment } from '../enrollment.ts';
import type { LineName, ThingName } from '../identifiers.ts';
import type { WriteOutcome } from '../ports.ts';
import type { Campaign, DuePosition } from './campaign.ts';
import type { JobReport, JobToCancel } from './fold-campaign.ts';
import type { RotationId } from './rotation.ts';

/** A credential in the list of those to be replaced. */
export interface DueRotation extends DuePosition {
  /** Milliseconds since the epoch; none where it is not known. */
  readonly since?: number;
}

export interface DuePage {
  readonly rows: readonly DueRotation[];
  /** Where the next page begins; none after the last. */
  readonly next?: DuePosition;
}

export interface DueRange {
  readonly line: LineName;
  /** Milliseconds since the epoch: what is due later is left out. None said means everything. */
  readonly until?: number;
  readonly after?: DuePosition | undefined;
}

/** The credentials in use on lines that rotate, by when they are due. A change may take a moment to show. */
export interface DueRotations {
  list(range: DueRange, limit: number): Promise<DuePage>;
  /** How many there are; of very many, not all are counted. */
  count(range: Omit<DueRange, 'after'>): Promise<number>;
  /** Notes another time, or none. It is no change of the enrollment, and does nothing where that was written since. */
  setDue(enrollment: Enrollment, rotateAt: number | undefined): Promise<void>;
}

/** Where campaigns are kept. */
export interface CampaignStore {
  read(line: LineName): Promise<Campaign | undefined>;
  /** Writes a next version over the one before it. */
  write(next: Campaign): Promise<WriteOutcome>;
}

/** A job that asks devices for another credential. */
export interface RotationJob {
  readonly id: RotationId;
  readonly things: readonly ThingName[];
  readonly perMinute: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Asks devices by AWS IoT Jobs. */
export interface RotationJobs {
  /** Succeeds when there is that job already. Devices that AWS IoT does not know are left out. */
  create(job: RotationJob): Promise<void>;
  report(id: RotationId): Promise<JobReport>;
  /** Succeeds when it is over, or there is none. */
  cancel(job: JobToCancel): Promise<void>;
}
