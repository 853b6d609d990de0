import * as z from 'zod';

type Status = 'QUEUED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'REJECTED' | 'CANCELED' | 'TIMED_OUT';

interface Execution {
  readonly document: unknown;
  status: Status;
}

const request = z.object({
  clientToken: z.string().optional(),
  status: z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'REJECTED']).optional(),
});
const isPending = ({ status }: Execution): boolean => status === 'QUEUED' || status === 'IN_PROGRESS';

/** AWS IoT Jobs for one thing, as its devices see it. */
export class FakeJobs {
  readonly executions = new Map<string, Execution>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  create(jobId: string, document: unknown): void {
    this.executions.set(jobId, { document, status: 'QUEUED' });
  }

  /** As the cloud may, whatever the device says. */
  end(jobId: string, status: Status): void {
    const found = this.executions.get(jobId);
    if (found !== undefined && isPending(found)) found.status = status;
  }

  statusOf(jobId: string): Status | undefined {
    return this.executions.get(jobId)?.status;
  }

  /** The topic and text of an answer. */
  answer(topic: string, payload: string, isThrottled: boolean): readonly [string, string] {
    const body = request.parse(JSON.parse(payload));
    const answer: Readonly<Record<string, unknown>> = isThrottled
      ? { code: 'RequestThrottled', message: 'Rate exceeded' }
      : this.#perform(topic.split('/').slice(4), body);
    const result = 'code' in answer ? 'rejected' : 'accepted';
    const { clientToken } = body;
    return [`${topic}/${result}`, JSON.stringify({ ...answer, timestamp: Math.floor(this.#now() / 1_000), clientToken })];
  }

  #perform(path: readonly string[], body: z.infer<typeof request>): Readonly<Record<string, unknown>> {
    const [jobId = '', verb] = path;
    if (verb === undefined) return this.#pending();
    if (jobId === '$next') return this.next();
    const found = this.executions.get(jobId);
    if (found === undefined) return { code: 'ResourceNotFound', message: 'There is no such execution' };
    if (verb === 'get')
      return isPending(found)
        ? { execution: { jobId, status: found.status, jobDocument: found.document } }
        : { code: 'TerminalStateReached', message: 'It has ended' };
    if (!isPending(found)) return { code: 'InvalidStateTransition', message: 'It has ended', executionState: { status: found.status } };
    found.status = body.status ?? found.status;
    return {};
  }

  /** What a device is told that asks for the next one, or listens. */
  next() {
    const [first] = [...this.executions].filter(([, execution]) => isPending(execution));
    if (first === undefined) return {};
    const [jobId, { status, document: jobDocument }] = first;
    return { execution: { jobId, status, jobDocument } };
  }

  /** What a device is told that listens when one more waits, or one less. */
  waiting() {
    return { IN_PROGRESS: this.#of('IN_PROGRESS'), QUEUED: this.#of('QUEUED') };
  }

  #pending() {
    return { inProgressJobs: this.#of('IN_PROGRESS'), queuedJobs: this.#of('QUEUED') };
  }

  #of(wanted: Status): readonly { readonly jobId: string }[] {
    return [...this.executions].filter(([, { status }]) => status === wanted).map(([jobId]) => ({ jobId }));
  }
}
