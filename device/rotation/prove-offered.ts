import { isLate } from './job-talk.ts';
import type { At, RotationRecord } from './rotation-record.ts';
import type { LaterAgain, RotationRun, RotationStep } from './rotation-run.ts';

/** The cloud takes some seconds to notice a connection and to act upon it, and says so then; who did not hear it asks. */
const FIRST_POLL_MS = 4_000;
const SLOWEST_POLL_MS = 30_000;
const POLLS = 5;
/** So often, and so far apart, one must be refused while the other is accepted before it is given up. */
const REFUSALS_WANTED = 3;
const LOOK_AGAIN_MS = 60_000;

const NEVER = new Promise<never>(() => undefined);

type Given = At<'given'>;

/** Connects with what the cloud offered, which is what completes a rotation, and waits until the cloud says so. */
export const proveOffered = async (run: RotationRun, record: Given): Promise<RotationStep> => {
  const { rotation, place } = record;
  run.ports.notify({ step: 'proving', rotation });
  const session = await run.tryConnect('offered', place);
  if (session === undefined) return lookAtHeld(run, record, { isOfferedTaken: false });
  run.ports.notify({ step: 'proven', rotation });
  const end = await waitForCommitment(run, record, session).finally(() => session.close());
  return end === 'committed' ? committed(run, record) : lookAtHeld(run, record, { isOfferedTaken: true });
};

type Session = Exclude<Awaited<ReturnType<RotationRun['tryConnect']>>, undefined>;

const waitForCommitment = async (run: RotationRun, { rotation, until }: Given, session: Session) => {
  const { jobs } = await run.talkOver(session);
  // Before the first question, so that nothing is missed between.
  const ending = jobs.heardOfEnd(rotation);
  let wait: Awaited<ReturnType<typeof run.patience.waitFor>> = 'did-not-come';
  for (let polls = 1; wait !== 'too-long'; polls += 1) {
    const job = await (wait === 'came' ? jobs.howItEnded(rotation) : jobs.standing(rotation));
    if (job.standing === 'succeeded') return 'committed';
    if (job.standing === 'over' || isLate(job, until) || polls >= POLLS) break;
    const pollMs = Math.min(SLOWEST_POLL_MS, FIRST_POLL_MS * 2 ** (polls - 1));
    // What came once is not waited for again.
    wait = await run.patience.waitFor(wait === 'came' ? NEVER : ending, pollMs);
  }
  // Whoever should say so may have failed to: then what is accepted tells.
  return 'unclear';
};

interface Seen {
  readonly isOfferedTaken: boolean;
}

// The cloud does not say what became of the rotation; what it accepts does, when it keeps to it.
const lookAtHeld = async (run: RotationRun, record: Given, { isOfferedTaken }: Seen): Promise<RotationStep> => {
  const session = await run.tryConnect('held', record.place);
  if (session === undefined)
    return isOfferedTaken
      ? refused(run, record, 'held')
      : laterAgain('Neither the old credential nor the new one is accepted.', LOOK_AGAIN_MS);
  const isOver = await isOverBy(run, record, session).finally(() => session.close());
  if (!isOver || (isOfferedTaken && !run.ports.credential.mayKeepBoth)) return waitOn(run, record);
  return refused(run, record, isOfferedTaken ? 'neither' : 'offered');
};

const isOverBy = async (run: RotationRun, { rotation, until }: Given, session: Session): Promise<boolean> => {
  const { jobs } = await run.talkOver(session);
  const job = await jobs.standing(rotation);
  return job.standing === 'over' || isLate(job, until);
};

const waitOn = async (run: RotationRun, record: Given): Promise<LaterAgain> => {
  const { refusals, ...rest } = record;
  if (refusals !== undefined) await run.store(rest);
  return laterAgain('The old credential is still accepted.', LOOK_AGAIN_MS);
};

const findings = {
  held: 'The old credential is not accepted, and the new one is.',
  offered: 'The new credential is not accepted, and the old one is.',
  neither: 'Both credentials are accepted, though the job is over.',
} as const;

const refused = async (run: RotationRun, record: Given, of: keyof typeof findings): Promise<RotationRecord | LaterAgain> => {
  const times = record.refusals?.of === of ? record.refusals.times + 1 : 1;
  if (times < REFUSALS_WANTED) {
    await run.store({ ...record, refusals: { of, times } });
    return laterAgain(findings[of], LOOK_AGAIN_MS);
  }
  return of === 'held' ? committed(run, record) : dropped(run, record, of === 'neither');
};

const committed = (run: RotationRun, { schemaVersion, thingName, rotation, place }: Given): Promise<RotationRecord> =>
  run.store({ schemaVersion, thingName, rotation, place, stage: 'committed' });

const dropped = (
  run: RotationRun,
  { schemaVersion, thingName, rotation, place }: Given,
  isOfferedTaken: boolean,
): Promise<RotationRecord> =>
  run.store({ schemaVersion, thingName, rotation, place, stage: 'dropped', because: 'The cloud withdrew the rotation.', isOfferedTaken });

const laterAgain = (message: string, afterMs: number): LaterAgain => ({ outcome: 'later', message, afterMs });
