import type { DeviceClock } from '../clock.ts';
import { type MqttSession, MqttSessionError } from './mqtt-session.ts';
import { within } from '../time-limit.ts';
import { parseJson } from '../../domain/parse-json.ts';

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
  /** What one of the next messages says, unasked; nothing may ever come. */
  hear<Heard>(read: Inquiry<Heard>['read']): Promise<Heard>;
}

/**
 * Subscribes to where answers will come, before anything is asked.
 * @throws MqttSessionError when that is not granted.
 */
export const openDialogue = async (session: MqttSession, filters: readonly string[], timing: AnswerTiming): Promise<Dialogue> => {
  const listeners = new Set<Listener>();
  session.onMessage((topic, payload) => {
    const message = payload.length > LONGEST ? undefined : parseJson(payload);
    for (const listen of listeners) void listen(topic, message);
  });
  const hear = async <Heard>(read: Inquiry<Heard>['read'], during?: (heard: Promise<Heard>) => Promise<Heard>): Promise<Heard> => {
    const { promise, resolve } = Promise.withResolvers<Heard>();
    const listen: Listener = async (topic, message) => {
      const found = await read(topic, message);
      if (found !== undefined) resolve(found);
    };
    listeners.add(listen);
    try {
      return await (during?.(promise) ?? promise);
    } finally {
      listeners.delete(listen);
    }
  };
  await inTime(timing, 'The grant of the subscriptions', session.subscribe(filters));
  return {
    hear: (read) => hear(read),
    ask: ({ topic, body, read }) => hear(read, (answer) => ask(session, { topic, body, answer }, timing)),
  };
};

type Listener = (topic: string, message: unknown) => Promise<void>;

interface Asked<Answer> extends Pick<Inquiry<Answer>, 'topic' | 'body'> {
  readonly answer: Promise<Answer>;
}

const ask = async <Answer>(session: MqttSession, { topic, body, answer }: Asked<Answer>, timing: AnswerTiming): Promise<Answer> => {
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
