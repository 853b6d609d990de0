import type { DeviceClock } from './clock.ts';
import { type MqttSession, MqttSessionError } from './mqtt-session.ts';
import { within } from './time-limit.ts';

/** The topics of one request of AWS IoT's, and its two answers. */
export interface ExchangeTopics {
  readonly request: string;
  readonly accepted: string;
  readonly rejected: string;
}

/** What is asked, and where. */
export interface Question {
  readonly topics: ExchangeTopics;
  /** Goes as JSON. */
  readonly body: unknown;
}

export interface ExchangeTiming {
  readonly clock: DeviceClock;
  /** For each wait on the server. */
  readonly answerMs: number;
}

/** A JSON answer, not yet looked at. */
export interface Answer {
  readonly isAccepted: boolean;
  readonly payload: unknown;
}

/**
 * Subscribes to every answer of the exchanges to come, before anything is asked: an answer is delivered to this connection
 * only, and to nobody who was not listening (DG:fleet-provision-api).
 * @throws MqttSessionError when the subscriptions are not granted.
 */
export const listenForAnswers = async (
  session: MqttSession,
  exchanges: readonly ExchangeTopics[],
  timing: ExchangeTiming,
): Promise<void> => {
  const answers = exchanges.flatMap(({ accepted, rejected }) => [accepted, rejected]);
  await inTime(timing, 'The grant of the subscriptions', session.subscribe(answers));
};

/**
 * Asks one thing over MQTT and waits for its answer, which must have been subscribed to.
 * @throws MqttSessionError when no answer comes.
 */
export const exchange = async (session: MqttSession, { topics, body }: Question, timing: ExchangeTiming): Promise<Answer> => {
  const answer = answerOn(session, topics);
  await inTime(timing, `The acknowledgement of the request on ${topics.request}`, session.publish(topics.request, JSON.stringify(body)));
  return inTime(timing, `An answer on ${topics.request}`, Promise.race([answer, failureOf(session)]));
};

const inTime = async <Value>({ clock, answerMs }: ExchangeTiming, what: string, value: Promise<Value>): Promise<Value> => {
  const found = await within(
    clock,
    answerMs,
    value.then((resolved) => ({ resolved })),
  );
  if (found === undefined) throw new MqttSessionError('timed-out', `${what} did not come within ${answerMs} ms.`);
  return found.resolved;
};

const failureOf = async (session: MqttSession): Promise<never> => {
  throw await session.lost;
};

const answerOn = (session: MqttSession, topics: ExchangeTopics): Promise<Answer> =>
  new Promise((resolve) => {
    session.onMessage((topic, payload) => {
      if (topic === topics.accepted || topic === topics.rejected)
        resolve({ isAccepted: topic === topics.accepted, payload: parseJson(payload) });
    });
  });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
