import type { ThingName } from '../identifiers.ts';
import type { RotationId } from './rotation.ts';

/** What AWS IoT Jobs knows of how devices are getting on. */
export interface JobExecutions {
  /** Notes that a device has done what a job asked of it. Succeeds when that ended already, and when there is no such job. */
  succeed(job: RotationId, thing: ThingName): Promise<void>;
}
