import type { ConnectionProver } from '../../domain/prover.ts';
import { topicTree } from '../../domain/topics.ts';
import type { ProofMemory } from './connection-record.ts';
import type { GivenCredential } from './credential-source.ts';
import type { Admission, Entrance, Purpose } from './entrance.ts';
import { chooseKey, type KeyChoice, keyNameOf } from './key-choice.ts';
import { knock } from './knock.ts';
import { makeProof, type ReadyProof } from './make-proof.ts';
import { MqttSessionError } from '../mqtt/mqtt-session.ts';
import { CONNECT_AGAIN_MS } from '../pace.ts';
import type { ProofJournal } from './proof-journal.ts';

/** A device with a proof in its hand. */
export interface Visit {
  readonly given: GivenCredential;
  readonly prover: ConnectionProver;
  readonly journal: ProofJournal;
  readonly keys: KeyChoice;
  readonly ready: ReadyProof;
}

/**
 * Reads what the device was given and makes a proof. Nothing is shown to anybody yet, so that an open connection can go on
 * until there is something to replace it with.
 * @throws BadSetupError | UnusableMeansError | MqttSessionError
 */
export const prepare = async (entrance: Entrance): Promise<Visit> => {
  const { ports, time, opened, journals } = entrance;
  const given = await ports.credentials.read();
  const prover = ports.proverOf(given.approach);
  const journal = await journals.of(given.thingName);
  const keys = chooseKey(opened.of(given, prover), journal.memory, time.now());
  const ready = await makeProof(entrance, { given, journal, credential: keys.first });
  return { given, prover, journal, keys, ready };
};

/**
 * Connects, and makes sure that the device is let in. Where its key is refused and another may be meant, it tries that.
 * @throws BadSetupError | UnusableMeansError | MqttSessionError
 */
export const enter = async (entrance: Entrance, visit: Visit, purpose: Purpose): Promise<Admission> => {
  const { given, prover, journal, keys } = visit;
  const knocking = { given, prover, journal, purpose, topics: topicTree(given.topicPrefix) };
  try {
    const admitted = await knock(entrance, { ...knocking, credential: keys.first, ready: visit.ready });
    return await settle(entrance, visit, { ...admitted, key: keys.first });
  } catch (error) {
    if (keys.second === undefined || !isRefusal(error)) throw explained(error, journal);
  }
  await entrance.ports.clock.sleep(CONNECT_AGAIN_MS);
  try {
    const ready = await makeProof(entrance, { given, journal, credential: keys.second });
    const admitted = await knock(entrance, { ...knocking, credential: keys.second, ready });
    return await settle(entrance, visit, { ...admitted, key: keys.second });
  } catch (error) {
    throw explained(error, journal);
  }
};

type Admitted = Awaited<ReturnType<typeof knock>> & { readonly key: KeyChoice['first'] };

const settle = async ({ ports, settings, time }: Entrance, visit: Visit, { session, ready, key }: Admitted): Promise<Admission> => {
  const { given, journal, keys } = visit;
  try {
    const passedOver = key === keys.newest ? undefined : passedOverIn(visit, time.now());
    await journal.accept({ at: ready.at, keyName: keyNameOf(key), ...(passedOver === undefined ? {} : { passedOver }) });
  } catch (error) {
    await session.close();
    throw error;
  }
  const ends = [
    ...(given.sessionSeconds === undefined ? [] : [ports.clock.now() + given.sessionSeconds * 1_000]),
    ...(ready.endsAt === undefined ? [] : [ready.endsAt - time.offsetMs]),
  ];
  const endpoint = settings.endpoint ?? given.endpoint ?? '';
  return { session, given, endpoint, ...(ends.length === 0 ? {} : { endsAt: Math.min(...ends) }) };
};

// The newer key was refused a moment ago, or at an earlier time that is on record.
const passedOverIn = ({ keys, journal }: Visit, now: number): ProofMemory['passedOver'] =>
  keys.first === keys.newest ? { keyName: keyNameOf(keys.newest), at: now } : journal.memory.passedOver;

const isRefusal = (error: unknown): error is MqttSessionError => error instanceof MqttSessionError && error.code === 'refused';

const explained = (error: unknown, journal: ProofJournal): unknown => {
  if (!isRefusal(error) || !journal.isNew) return error;
  const advice =
    'This state directory knows of no earlier proof: if it replaces one that was lost, and the clock was ahead then, try again in some minutes.';
  return new MqttSessionError('refused', `${error.message} ${advice}`, { cause: error });
};
