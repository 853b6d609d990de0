import { decideActivation, retirementEvent, withoutRetired } from '../../domain/activation.ts';
import type { ThingGroups } from '../../domain/device-ports.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { AuditLog, CertificateRetirement, EnrollmentStore } from '../../domain/ports.ts';
import { decideProvenActivation } from '../../domain/connection/proven-activation.ts';
import type { JobExecutions } from '../../domain/rotation/job-executions.ts';
import type { LineRotations } from '../../domain/rotation/rotation-settings.ts';
import { scheduledBy } from '../../domain/rotation/schedule.ts';
import type { Clock } from '../middleware/clock.ts';
import { ContentionError } from './contention-error.ts';
import { type BarKeeper, type Seen, enforceBar } from './enforce-bar.ts';
import { type DevicePlacer, placeProven } from './place-proven.ts';

export interface Settler extends BarKeeper, DevicePlacer {
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly retirement: CertificateRetirement;
  readonly groups: ThingGroups;
  /** Where things of lines begin that take serial numbers for proof. */
  readonly probationGroup: string;
  /** The lines whose credentials are replaced. */
  readonly rotations: LineRotations;
  readonly jobExecutions: JobExecutions;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
}

const MAX_ATTEMPTS = 4;

/**
 * Activates what was seen, and answers what stands then; `undefined` where the device is enrolled no more. Each step is written before
 * the next; where another writer was faster, all is decided again from what that one wrote.
 * @throws ContentionError when others were faster every time.
 */
export const noteSeen = async (settler: Settler, found: Enrollment, seen: Seen): Promise<Enrollment | undefined> => {
  let enrollment: Enrollment | undefined = found;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && enrollment !== undefined; attempt += 1) {
    const noted = await note(settler, enrollment, seen);
    if (noted !== 'conflict') return noted;
    [enrollment] = await settler.store.readMany([found.thingName]);
  }
  if (enrollment === undefined) return undefined;
  throw new ContentionError(found.thingName);
};

/**
 * Works off the list of certificates to retire, also one that somebody left behind. Where another writer is faster, all is decided again.
 * @param noted what stands after what was seen is noted
 * @throws ContentionError when others were faster every time.
 */
export const retireReplaced = async (settler: Settler, noted: Enrollment, seen: Seen): Promise<undefined> => {
  let enrollment: Enrollment | undefined = noted;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && enrollment !== undefined; attempt += 1) {
    if (await isWorkedOff(settler, enrollment)) return undefined;
    const [now] = await settler.store.readMany([noted.thingName]);
    enrollment = now && (await noteSeen(settler, now, seen));
  }
  if (enrollment === undefined) return undefined;
  throw new ContentionError(noted.thingName);
};

const note = async (settler: Settler, found: Enrollment, seen: Seen): Promise<Enrollment | 'conflict'> => {
  await enforceBar(settler, found, seen);
  let current = found;
  for (const sighting of seen.sightings) {
    const decided = decideActivation(current, sighting);
    if (decided === undefined) continue;
    const next = scheduledBy(settler.rotations, decided);
    await endProbation(settler, next);
    if (!(await isWritten(settler, next))) return 'conflict';
    current = next;
  }
  await endRotationJob(settler, current, seen);
  return noteProven(settler, current, seen);
};

const noteProven = async (settler: Settler, found: Enrollment, { proven }: Seen): Promise<Enrollment | 'conflict'> => {
  const decided = proven && decideProvenActivation(found, proven);
  if (decided === undefined) return found;
  const next = scheduledBy(settler.rotations, decided);
  await placeProven(settler, next);
  return (await isWritten(settler, next)) ? next : 'conflict';
};

// After it is written, and again when the same message comes again: by this the device learns that there is no way back, and
// that there needs to be none.
const endRotationJob = async ({ jobExecutions }: Settler, { thingName, lastEvent }: Enrollment, { sightings }: Seen): Promise<void> => {
  const { code, rotation, id } = lastEvent;
  if (code !== 'rotation.completed' || rotation === undefined || !sightings.some(({ eventId }) => eventId === id)) return;
  await jobExecutions.succeed(rotation, thingName);
};

// Before it is written, so that whoever finds it not done finds the sighting undecided, too. Only enrollments of which it was
// ever asked say false, so that nothing is called for others.
const endProbation = async ({ groups, probationGroup }: Settler, { onProbation, thingName }: Enrollment): Promise<void> => {
  if (onProbation === false) await groups.remove(thingName, probationGroup);
};

const isWorkedOff = async (settler: Settler, activated: Enrollment): Promise<boolean> => {
  let current = activated;
  for (const certificate of activated.toRetire) {
    await takeOutOfUse(settler, activated, certificate);
    // A certificate is retired once in its life, so its id makes the event's: whoever repeats this emits the same.
    const event = retirementEvent(current, certificate, { id: `retired-${certificate}`, at: settler.clock.now() });
    const next = withoutRetired(current, certificate, event);
    if (!(await isWritten(settler, next))) return false;
    current = next;
  }
  return true;
};

// Of a device that was ended it stays at AWS IoT as revoked: there it cannot be registered again, by whatever CA it came.
const takeOutOfUse = ({ retirement, certificateStates }: Settler, { state, thingName }: Enrollment, certificate: CertificateId) =>
  state === 'revoked' ? certificateStates.revoke(certificate) : retirement.retire(certificate, thingName);

const isWritten = async ({ store, audit }: Settler, next: Enrollment): Promise<boolean> => {
  if ((await store.replace(next)) === 'conflict') return false;
  audit.emit(next.lastEvent);
  return true;
};
