import type { ConnectionProver } from '../../domain/prover.ts';
import type { TopicTree } from '../../domain/topics.ts';
import type { Entrance, Purpose } from './entrance.ts';
import { makeProof, type Proving, type ReadyProof } from './make-proof.ts';
import { type KeptSession, type MqttSession, MqttSessionError } from '../mqtt/mqtt-session.ts';
import { CONNECT_AGAIN_MS } from '../pace.ts';
import { within } from '../time-limit.ts';

/** Who knocks, with which key. */
export interface Knocking extends Proving {
  readonly prover: ConnectionProver;
  readonly purpose: Purpose;
  readonly topics: TopicTree;
  readonly ready: ReadyProof;
}

interface Admitted {
  readonly session: MqttSession;
  /** What it was let in by. */
  readonly ready: ReadyProof;
}

/** The answer takes a rule and a publication in the cloud. */
const TIME_ANSWER_MS = 5_000;
/** A clock that is off by less is not why a proof was refused. */
const CLOCK_TOLERANCE_MS = 1_000;
/** AWS IoT takes no more in one SUBSCRIBE. */
const FILTERS_AT_ONCE = 8;

/**
 * Shows the proof; and once more a fresh one, where the device has learned meanwhile that its clock was wrong, or cannot tell
 * a refusal from a broken line.
 * @throws BadSetupError | UnusableMeansError | MqttSessionError
 */
export const knock = async (entrance: Entrance, knocking: Knocking): Promise<Admitted> => {
  try {
    return await knockOnce(entrance, knocking);
  } catch (error) {
    if (!deservesAnother(entrance, knocking.ready, error)) throw error;
  }
  await entrance.ports.clock.sleep(CONNECT_AGAIN_MS);
  try {
    return await knockOnce(entrance, { ...knocking, ready: await makeProof(entrance, knocking) });
  } catch (error) {
    if (!entrance.settings.isToldByClosing || !isOfCode(error, 'lost')) throw error;
    throw new MqttSessionError('refused', `Twice in a row: ${error.message}`, { cause: error });
  }
};

const isOfCode = (error: unknown, code: MqttSessionError['code']): error is MqttSessionError =>
  error instanceof MqttSessionError && error.code === code;

const deservesAnother = ({ settings, time }: Entrance, ready: ReadyProof, error: unknown): boolean => {
  const isCorrected = Math.abs(time.offsetMs - ready.offsetMs) > CLOCK_TOLERANCE_MS;
  return isOfCode(error, 'refused') ? isCorrected : isOfCode(error, 'lost') && (isCorrected || settings.isToldByClosing);
};

const knockOnce = async (entrance: Entrance, knocking: Knocking): Promise<Admitted> => {
  const { given, ready, topics, purpose } = knocking;
  entrance.ports.notify({ step: 'proving-itself', thingName: given.thingName });
  const { tell } = topics.time(given.thingName);
  const session = await entrance.ports.connector.connect({
    endpoint: ready.endpoint,
    clientId: given.clientId,
    identity: { username: usernameOf(ready.username, given.authorizer), password: ready.password },
    ...(purpose.session === undefined ? {} : { session: withoutTime(purpose.session, tell) }),
  });
  try {
    const clock = await setClock(entrance, knocking, session);
    await askAllowance(entrance, { session, filters: purpose.filters(topics.thing(given.thingName)), clock });
    return { session, ready };
  } catch (error) {
    await session.close();
    throw error;
  }
};

const usernameOf = (username: string, authorizer: string | undefined): string =>
  authorizer === undefined ? username : `${username}?x-amz-customauthorizer-name=${encodeURIComponent(authorizer)}`;

const withoutTime = ({ expirySeconds, receive }: KeptSession, tell: string): KeptSession => ({
  expirySeconds,
  receive: (message) => (message.topic === tell ? Promise.resolve() : receive(message)),
});

type Clock = 'not-asked' | 'told' | 'not-told';

const setClock = async ({ time }: Entrance, { prover, given, topics }: Knocking, session: MqttSession): Promise<Clock> => {
  if (prover.needsClock !== true) return 'not-asked';
  try {
    return (await time.learn(session, topics.time(given.thingName), TIME_ANSWER_MS)) ? 'told' : 'not-told';
  } catch (error) {
    // In quarantine not even that is allowed; what follows will tell.
    if (isOfCode(error, 'refused')) return 'not-asked';
    throw error;
  }
};

interface Asking {
  readonly session: MqttSession;
  readonly filters: readonly string[];
  readonly clock: Clock;
}

const askAllowance = async ({ ports, settings }: Entrance, { session, filters, clock }: Asking): Promise<void> => {
  const subscribe = async (): Promise<true> => {
    for (let from = 0; from < filters.length; from += FILTERS_AT_ONCE) await session.subscribe(filters.slice(from, from + FILTERS_AT_ONCE));
    return true;
  };
  try {
    const granted = await within(ports.clock, settings.answerMs, subscribe());
    if (granted === undefined) throw new MqttSessionError('timed-out', `No subscription was granted within ${settings.answerMs} ms.`);
  } catch (error) {
    if (clock !== 'not-told' || !isOfCode(error, 'refused')) throw error;
    throw new MqttSessionError('timed-out', 'The device may only ask for the time, and was not told it.', { cause: error });
  }
};
