import { backoffMs } from '../backoff.ts';
import { resultOfFailure } from '../failure.ts';
import { rotationId } from '../../domain/rotation/rotation.ts';
import * as z from 'zod/mini';
import { askForNext, begin } from './ask-for-next.ts';
import { proveOffered } from './prove-offered.ts';
import type { RotationOutcome } from './rotation-outcome.ts';
import type { RotationRecord } from './rotation-record.ts';
import { type LaterAgain, type RotatePorts, type RotateSettings, RotationRun, type RotationStep } from './rotation-run.ts';

/** What each attempt costs of the run's patience, so that there is an end to attempts that fail at once. */
const ATTEMPT_MS = 1_000;

/** No rotation is called so, so that the cloud says that it knows nothing of it: what was found must tell by itself whether it is any good. */
const UNKNOWN = z.parse(rotationId, 'unknown');

/**
 * Replaces the credential of a device where AWS IoT Jobs asks for that, and goes on where an earlier run was cut off. Until the cloud
 * has taken the new one for good the device holds both; it may be called at any time and as often as one likes.
 */
export const rotate = async (settings: RotateSettings, ports: RotatePorts): Promise<RotationOutcome> => {
  const run = new RotationRun(settings, ports);
  for (let failures = 0; ; failures += 1) {
    run.patience.spend(ATTEMPT_MS);
    const result = await attempt(run);
    if (!isLater(result)) return result;
    const ms = Math.max(result.afterMs, backoffMs(failures, ports.random.fraction));
    ports.notify({ step: 'waiting', ms, because: result.message });
    if (!(await run.patience.wait(ms))) return { outcome: result.ending, message: result.message };
  }
};

type Later = LaterAgain & { readonly ending: 'try-again' | 'bad-setup' };

const isLater = (result: RotationOutcome | Later): result is Later => result.outcome === 'later';

const attempt = async (run: RotationRun): Promise<RotationOutcome | Later> => {
  try {
    const record = await readRecord(run);
    let step = record === undefined || record.stage === 'ended' ? await begin(run, record?.rotation) : await stepFrom(run, record);
    while ('stage' in step) step = await stepFrom(run, step);
    return step.outcome === 'later' ? { ...step, ending: 'try-again' } : step;
  } catch (error) {
    const result = resultOfFailure(error);
    if (result.outcome === 'retry') return { outcome: 'later', message: result.message, afterMs: 0, ending: result.ending };
    if (result.outcome === 'onboarded') throw error;
    return { outcome: result.outcome, message: result.message };
  }
};

const stepFrom = async (run: RotationRun, record: RotationRecord): Promise<RotationStep> => {
  switch (record.stage) {
    case 'asking':
      return askForNext(run, record);
    case 'given':
      return proveOffered(run, record);
    case 'committed':
    case 'dropped':
      return finish(run, record);
    case 'ended':
      return { outcome: 'nothing-to-do', thingName: record.thingName };
  }
};

const finish = async (
  { ports }: RotationRun,
  record: Extract<RotationRecord, { stage: 'committed' | 'dropped' }>,
): Promise<RotationOutcome> => {
  const { credential, store, notify } = ports;
  const { schemaVersion, thingName, rotation, place } = record;
  if (record.stage === 'committed') await credential.takeOver(place);
  else await credential.drop(place, record.isOfferedTaken === true);
  await store.write({ schemaVersion, thingName, rotation, place, stage: 'ended' });
  notify({ step: record.stage === 'committed' ? 'taken-over' : 'dropped', rotation });
  return record.stage === 'committed'
    ? { outcome: 'rotated', thingName, rotation }
    : { outcome: 'kept', thingName, rotation, message: record.because };
};

// A record that was lost, or is another device's, says nothing; a credential that lies there may be the one that works.
const readRecord = async ({ ports }: RotationRun): Promise<RotationRecord | undefined> => {
  const { thingName } = ports.credential;
  const record = await ports.store.read();
  if (record?.thingName === thingName) return record;
  const place = await ports.credential.leftover();
  return place === undefined ? undefined : { schemaVersion: 1, thingName, rotation: UNKNOWN, place, stage: 'given' };
};
