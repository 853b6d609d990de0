import * as z from 'zod/mini';
import { ROTATE } from '../../domain/rotation/job-document.ts';
import type { MqttSession, ReceivedMessage } from '../mqtt/mqtt-session.ts';

/** What concerns jobs and credentials, and nobody who reads a device's messages. */
const CONCERNED = /^\$aws\/things\/[^/]+\/jobs\/|\/credential\/tell$/;
const CALLING = /\/jobs\/(?:notify-next|\$next\/get\/accepted)$/;

const call = z.object({ execution: z.object({ jobId: z.string(), jobDocument: z.object({ operation: z.literal(ROTATE) }) }) });

/** Hears, on a connection that stays open, that a job asks for another credential. */
export class RotationCall {
  #heard = Promise.withResolvers<'asked'>();
  #followed: string | undefined;

  static filtersFor(thingName: string): readonly string[] {
    return ['notify-next', '$next/get/accepted'].map((name) => `$aws/things/${thingName}/jobs/${name}`);
  }

  /** Resolves when one asks, since it was last listened for. */
  get heard(): Promise<'asked'> {
    return this.#heard.promise;
  }

  listen(): void {
    this.#heard = Promise.withResolvers<'asked'>();
  }

  /** Has the job followed once more that was followed last. */
  repeat(): void {
    this.#followed = undefined;
    this.#heard.resolve('asked');
  }

  /** What waits already is not notified again: it is asked for. No answer comes where the connection fails; the next one asks again. */
  ask(session: MqttSession, thingName: string): void {
    session.publish(`$aws/things/${thingName}/jobs/$next/get`, '{}').catch(() => undefined);
  }

  /** Whether the message was for this. */
  take({ topic, payload }: ReceivedMessage): boolean {
    if (!CONCERNED.test(topic)) return false;
    const jobId = CALLING.test(topic) ? jobIn(payload) : undefined;
    if (jobId !== undefined && jobId !== this.#followed) {
      this.#followed = jobId;
      this.#heard.resolve('asked');
    }
    return true;
  }
}

const jobIn = (payload: Uint8Array): string | undefined => {
  try {
    return z.safeParse(call, JSON.parse(Buffer.from(payload).toString('utf8'))).data?.execution.jobId;
  } catch {
    return undefined;
  }
};
