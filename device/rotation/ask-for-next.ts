import type { RotationId } from '../../domain/rotation/rotation.ts';
import { MqttSessionError } from '../mqtt/mqtt-session.ts';
import { isLate } from './job-talk.ts';
import { askForRenewal } from './renewal-talk.ts';
import type { At, RotationRecord } from './rotation-record.ts';
import type { RotationRun, RotationStep, Talk } from './rotation-run.ts';

const REFUSED = 'The device is not let in with the credential that it has.';

/** Looks whether a job asks for another credential, and asks for it then; `last` is the rotation that ended last. */
export const begin = async (run: RotationRun, last: RotationId | undefined): Promise<RotationStep> => {
  const { credential, notify } = run.ports;
  const { thingName } = credential;
  const place = await credential.freePlace();
  const session = await run.tryConnect('held', place);
  if (session === undefined) return { outcome: 'refused', message: REFUSED };
  try {
    const talk = await run.talkOver(session);
    const job = await talk.jobs.find(last);
    if (job === undefined) return { outcome: 'nothing-to-do', thingName };
    notify({ step: 'asked-to-rotate', rotation: job.rotation });
    const record = await run.store({ schemaVersion: 1, thingName, rotation: job.rotation, place, stage: 'asking', until: job.until });
    return await converse(run, record, talk);
  } finally {
    await session.close();
  }
};

/** Goes on asking. */
export const askForNext = async (run: RotationRun, record: At<'asking'>): Promise<RotationStep> => {
  const session = await run.tryConnect('held', record.place);
  if (session === undefined) return { outcome: 'refused', message: REFUSED };
  try {
    return await converse(run, record, await run.talkOver(session));
  } finally {
    await session.close();
  }
};

// What is not kept was never used: until then a rotation is given up without a doubt.
const converse = async (run: RotationRun, record: At<'asking'>, { dialogue, jobs }: Talk): Promise<RotationStep> => {
  const { credential, notify } = run.ports;
  const { rotation, place } = record;
  const canAsk = await credential.prepare(place);
  const job = await jobs.report(rotation, ['IN_PROGRESS', 'asking for the next credential']);
  if (job.standing !== 'pending') return dropped(run, record, 'The job is over.');
  const obstacle = canAsk
    ? isLate(job, record.until)
      ? 'The time for it is over.'
      : undefined
    : 'What it has is renewed by whoever gave it.';
  if (obstacle !== undefined) {
    await reportFailure(jobs, rotation, obstacle);
    return dropped(run, record, obstacle);
  }
  notify({ step: 'asking', rotation });
  const renewal = await credential.renewal(place, rotation);
  const received = await askForRenewal(dialogue, credential.ownRoot, { ...renewal, rotation });
  if (received === 'refused') {
    await reportFailure(jobs, rotation, 'no credential was given');
    return dropped(run, record, "The cloud gives no other credential; the operator's audit log says why.");
  }
  await received.keep();
  notify({ step: 'given', rotation });
  return run.store({ ...record, stage: 'given' });
};

// The planner finds out in any case.
const reportFailure = async (jobs: Talk['jobs'], rotation: RotationRecord['rotation'], why: string): Promise<void> => {
  try {
    await jobs.report(rotation, ['FAILED', why]);
  } catch (error) {
    if (!(error instanceof MqttSessionError)) throw error;
  }
};

const dropped = (
  run: RotationRun,
  { schemaVersion, thingName, rotation, place }: RotationRecord,
  because: string,
): Promise<RotationRecord> => run.store({ schemaVersion, thingName, rotation, place, stage: 'dropped', because });
