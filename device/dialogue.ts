import type { DeviceClock } from './clock.ts';
import { type MqttSession, MqttSessionError } from './mqtt-session.ts';
import { within } from './time-limit.ts';
import { parseJson } from '../domain/parse-json.ts';

/** No answer of AWS IoT's, or of the cloud behind it, is longer. */
const LONGEST = 131_072;

export interface AnswerTiming {
  readonly clock: DeviceClock;
  /** For each wait on the server: milliseconds. */
  readonly answerMs: number;
}

/** Something to ask for, and how an answer is told from everything else that arrives. */
export interface Inquiry<Answer> {
  readonly topic: string;
  /** Goes as JSON. */
  readonly body: unknown;
  /** The answer in a message; `undefined` for a message that is none, or not to this. */
  readonly read: (topic: string, payload: unknown) => Promise<Answer | undefined> | Answer | undefined;
}

/** Questions and answers over one open connection. */
export interface Dialogue {
  /** @throws MqttSessionError when no answer comes. */
  ask<Answer>(inquiry: Inquiry<Answer>): Promise<Answer>;
}

/**
 * Subscribes to where answers will come, before anything is asked.
 * @throws MqttSessionError when that is not granted.
 */
export const openDialogue = async (session: MqttSession, filters: readonly string[], timing: AnswerTiming): Promise<Dialogue> => {
  await inTime(timing, 'The grant of the subscriptions', session.subscribe(filters));
  return { ask: (inquiry) => ask(session, inquiry, timing) };
};

const ask = async <Answer>(session: MqttSession, { topic, body, read }: Inquiry<Answer>, timing: AnswerTiming): Promise<Answer> => {
  const answer = new Promise<Answer>((resolve) => {
    session.onMessage((from, payload) => {
      const message = payload.length > LONGEST ? undefined : parseJson(payload);
      void Promise.resolve(read(from, message)).then((found) => {
        if (found !== undefined) resolve(found);
      });
    });
  });
  await inTime(timing, `The acknowledgement of the request on ${topic}`, session.publish(topic, JSON.stringify(body)));
  return inTime(timing, `An answer to the request on ${topic}`, Promise.race([answer, failureOf(session)]));
};

const inTime = async <Value>({ clock, answerMs }: AnswerTiming, what: string, value: Promise<Value>): Promise<Value> => {
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
