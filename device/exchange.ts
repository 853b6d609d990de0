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
 * Asks one thing over MQTT and waits for its answer. Both answers are subscribed to before the request is published,
 * because an answer is delivered to this connection only and to nobody who was not listening (DG:fleet-provision-api).
 * @throws MqttSessionError when no answer comes.
 */
export const exchange = async (session: MqttSession, { topics, body }: Question, timing: ExchangeTiming): Promise<Answer> => {
  const inTime = async <Value>(what: string, value: Promise<Value>): Promise<{ readonly value: Value }> => {
    const found = await within(
      timing.clock,
      timing.answerMs,
      value.then((resolved) => ({ value: resolved })),
    );
    if (found === undefined)
      throw new MqttSessionError('timed-out', `${what} on ${topics.request} did not come within ${timing.answerMs} ms.`);
    return found;
  };
  const answer = answerOn(session, topics);
  await inTime('The grant of the subscriptions', session.subscribe([topics.accepted, topics.rejected]));
  await inTime('The acknowledgement of the request', session.publish(topics.request, JSON.stringify(body)));
  return (await inTime('An answer', Promise.race([answer, failureOf(session)]))).value;
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
