import * as z from 'zod/mini';
import { rotationJobDocument, ROTATE } from '../../domain/rotation/job-document.ts';
import { type RotationId, rotationId } from '../../domain/rotation/rotation.ts';
import { MqttSessionError } from '../mqtt/mqtt-session.ts';
import type { Dialogue } from '../mqtt/dialogue.ts';
import { cloudTimeIn, type JobAnswer, jobAnswer } from './job-answer.ts';

/** A job that asks for another credential. */
export interface RotationJob {
  readonly rotation: RotationId;
  /** Milliseconds since the epoch, by the cloud's clock. */
  readonly until: number;
}

/**
 * - `pending`: the cloud waits for the device; `at` is what time it is there
 * - `succeeded`: it has seen the device with its new credential, and committed
 * - `over`: it waits no longer, and does not say whether it has committed
 */
export type JobStanding =
  | { readonly standing: 'pending'; readonly at: number | undefined }
  | { readonly standing: 'succeeded' }
  | { readonly standing: 'over' };

/** Whether the time of a rotation is over, by the cloud's clock: that of a device may show any time. */
export const isLate = (job: JobStanding, until: number | undefined): boolean =>
  job.standing === 'pending' && job.at !== undefined && until !== undefined && job.at >= until;

/** What the cloud is told of a job, with a word that people may read. */
export type JobReport = readonly ['IN_PROGRESS' | 'FAILED' | 'REJECTED', string];

/** Where the answers come that are asked for here, and what is said unasked. With one more it is as many as AWS IoT takes at once. */
export const jobFilters = (thingName: string): readonly string[] => {
  const root = `$aws/things/${thingName}/jobs`;
  const answers = ['get', '+/get', '+/update'].flatMap((request) => [`${root}/${request}/accepted`, `${root}/${request}/rejected`]);
  return [...answers, `${root}/${NOTIFY}`];
};

const NOTIFY = 'notify';
/** The jobs that wait, by their states (DG:jobs-mqtt-api, "jobs/notify"). */
const waiting = z.object({ jobs: z.record(z.string(), z.array(z.object({ jobId: z.string() }))) });

/** As many of what waits are looked at; a device that is asked for more has other troubles. */
const LOOKED_AT = 20;

/** Speaks with AWS IoT Jobs about one device's jobs. Every call fails with `MqttSessionError` where there is no answer that decides. */
export class JobTalk {
  readonly #dialogue: Dialogue;
  readonly #root: string;
  #asked = 0;

  constructor(dialogue: Dialogue, thingName: string) {
    this.#dialogue = dialogue;
    this.#root = `$aws/things/${thingName}/jobs`;
  }

  /**
   * The first job that waits and asks for a credential, but for the one that was followed last. Jobs for others are left alone; one that
   * cannot be followed is turned down.
   */
  async find(last: RotationId | undefined): Promise<RotationJob | undefined> {
    const { execution } = accepted(await this.#ask('$next/get', {}));
    if (execution?.jobId === undefined) return undefined;
    return rotationIn(execution, last) ?? this.#search(last);
  }

  async #search(last: RotationId | undefined): Promise<RotationJob | undefined> {
    const { inProgressJobs = [], queuedJobs = [] } = accepted(await this.#ask('get', {}));
    for (const { jobId } of [...inProgressJobs, ...queuedJobs].slice(0, LOOKED_AT)) {
      const named = z.safeParse(rotationId, jobId);
      const job = named.success && named.data !== last ? await this.#read(named.data) : undefined;
      if (job !== undefined) return job;
    }
    return undefined;
  }

  /**
   * Resolves when AWS IoT says, since this was called, that a job waits no more: it may never say so, and where very many wait, it may be
   * wrong.
   */
  async heardOfEnd(rotation: RotationId): Promise<void> {
    await this.#dialogue.hear((topic, payload) => {
      const list = topic === `${this.#root}/${NOTIFY}` ? z.safeParse(waiting, payload).data : undefined;
      return list !== undefined && !namesIn(list).includes(rotation) ? true : undefined;
    });
  }

  /** As of one that is believed to have ended. */
  howItEnded(rotation: RotationId): Promise<JobStanding> {
    return this.report(rotation, ['IN_PROGRESS', 'asking how it ended']);
  }

  async standing(rotation: RotationId): Promise<JobStanding> {
    const answer = await this.#ask(`${rotation}/get`, { includeJobDocument: false });
    if (answer.execution !== undefined) return { standing: 'pending', at: cloudTimeIn(answer) };
    if (answer.code === undefined) return { standing: 'over' };
    // That it has ended is all that this tells; how it ended is told to whoever would go on with it.
    return answer.code === 'TerminalStateReached' ? this.howItEnded(rotation) : standingIn(answer);
  }

  /** Says how far the device is. */
  async report(rotation: RotationId, [status, step]: JobReport): Promise<JobStanding> {
    return standingIn(await this.#ask(`${rotation}/update`, { status, statusDetails: { step } }));
  }

  async #read(rotation: RotationId): Promise<RotationJob | undefined> {
    const answer = await this.#ask(`${rotation}/get`, {});
    // Others may end meanwhile; not to be told is no reason to believe that there is nothing to do.
    if (answer.code !== undefined && !hasEnded(answer.code)) throw busy(answer);
    const { jobDocument: document } = answer.execution ?? {};
    const job = rotationIn({ jobId: rotation, jobDocument: document }, undefined);
    if (job !== undefined) return job;
    if (z.safeParse(z.object({ operation: z.literal(ROTATE) }), document).success)
      await this.report(rotation, ['REJECTED', 'the document is none that this device can follow']);
    return undefined;
  }

  #ask(request: string, body: Readonly<Record<string, unknown>>): Promise<JobAnswer> {
    const topic = `${this.#root}/${request}`;
    this.#asked += 1;
    // An answer that comes late must not be taken for that to a later question.
    const clientToken = `muster-${this.#asked}`;
    return this.#dialogue.ask({
      topic,
      body: { ...body, clientToken },
      read: (from, payload) => {
        if (from !== `${topic}/accepted` && from !== `${topic}/rejected`) return undefined;
        const parsed = z.safeParse(jobAnswer, payload);
        if (!parsed.success) return undefined;
        return (parsed.data.clientToken ?? clientToken) === clientToken ? withCode(parsed.data, from.endsWith('rejected')) : undefined;
      },
    });
  }
}

const namesIn = ({ jobs }: z.infer<typeof waiting>): readonly string[] =>
  Object.values(jobs).flatMap((list) => list.map(({ jobId }) => jobId));

const rotationIn = ({ jobId, jobDocument }: NonNullable<JobAnswer['execution']>, last: RotationId | undefined): RotationJob | undefined => {
  const [rotation, document] = [z.safeParse(rotationId, jobId).data, z.safeParse(rotationJobDocument, jobDocument).data];
  return rotation === undefined || rotation === last || document === undefined ? undefined : { rotation, until: document.until };
};

const hasEnded = (code: string): boolean => code === 'ResourceNotFound' || code === 'TerminalStateReached';

const withCode = (answer: JobAnswer, isRejected: boolean): JobAnswer =>
  isRejected ? { ...answer, code: answer.code ?? 'InternalError' } : answer;

const accepted = (answer: JobAnswer): JobAnswer => {
  if (answer.code !== undefined) throw busy(answer);
  return answer;
};

const standingIn = (answer: JobAnswer): JobStanding => {
  switch (answer.code) {
    case undefined:
      return { standing: 'pending', at: cloudTimeIn(answer) };
    case 'InvalidStateTransition':
      return standingOfState(answer.executionState?.status);
    case 'ResourceNotFound':
    case 'TerminalStateReached':
      return { standing: 'over' };
    default:
      throw busy(answer);
  }
};

const standingOfState = (status: string | undefined): JobStanding => {
  if (status === 'SUCCEEDED') return { standing: 'succeeded' };
  return status === 'QUEUED' || status === 'IN_PROGRESS' ? { standing: 'pending', at: undefined } : { standing: 'over' };
};

// A throttle, above all: it says nothing about the job.
const busy = ({ code = 'no code', message = 'no message' }: JobAnswer): MqttSessionError =>
  new MqttSessionError('busy', `AWS IoT Jobs does not answer now: ${code}: ${message}.`);
