import { type AnswerTiming, type Dialogue, openDialogue } from './dialogue.ts';
import type { MqttSession } from './mqtt-session.ts';

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
export const listenForAnswers = (session: MqttSession, exchanges: readonly ExchangeTopics[], timing: AnswerTiming): Promise<Dialogue> =>
  openDialogue(
    session,
    exchanges.flatMap(({ accepted, rejected }) => [accepted, rejected]),
    timing,
  );

/**
 * Asks one thing of AWS IoT and waits for its answer.
 * @throws MqttSessionError when no answer comes.
 */
export const exchange = (dialogue: Dialogue, { topics, body }: Question): Promise<Answer> =>
  dialogue.ask({
    topic: topics.request,
    body,
    read: (topic, payload) =>
      topic === topics.accepted || topic === topics.rejected ? { isAccepted: topic === topics.accepted, payload } : undefined,
  });
