import type { Outcome } from '../worker/execution-environment.ts';

export interface InvocationLogOptions {
  readonly format: 'Text' | 'JSON';
  /** Below `INFO` nothing is said of a good invocation. */
  readonly systemLevel: 'DEBUG' | 'INFO' | 'WARN';
  readonly version: string;
  readonly memoryMb: number;
  readonly write: (line: string) => void;
}

interface Finished {
  readonly requestId: string;
  readonly durationMs: number;
  readonly outcome: Outcome;
}

const statusOf = (outcome: Outcome): 'success' | 'error' | 'timeout' => {
  if (outcome.outcome === 'returned') return 'success';
  return outcome.error.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
};

const jsonEvent = (type: string, record: object): string => JSON.stringify({ time: new Date().toISOString(), type, record });

/** The lines that Lambda itself writes around an invocation (Lambda Developer Guide, "Log formats"). */
export class InvocationLog {
  readonly #options: InvocationLogOptions;

  constructor(options: InvocationLogOptions) {
    this.#options = options;
  }

  started(requestId: string): void {
    const { format, systemLevel, version, write } = this.#options;
    if (format === 'Text') write(`START RequestId: ${requestId} Version: ${version}`);
    else if (systemLevel !== 'WARN') write(jsonEvent('platform.start', { requestId, version }));
  }

  finished(finished: Finished): void {
    if (this.#options.format === 'Text') this.#finishedAsText(finished);
    else this.#finishedAsJson(finished);
  }

  #finishedAsText({ requestId, durationMs, outcome }: Finished): void {
    const { memoryMb, write } = this.#options;
    if (outcome.outcome === 'failed' && statusOf(outcome) === 'timeout') write(`${requestId} ${outcome.error.errorMessage}`);
    write(`END RequestId: ${requestId}`);
    const billed = Math.ceil(durationMs);
    write(
      `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billed} ms\tMemory Size: ${memoryMb} MB`,
    );
  }

  #finishedAsJson({ requestId, durationMs, outcome }: Finished): void {
    const { systemLevel, memoryMb, write } = this.#options;
    const status = statusOf(outcome);
    if (systemLevel === 'WARN' && status === 'success') return;
    const metrics = { durationMs: Number(durationMs.toFixed(3)), billedDurationMs: Math.ceil(durationMs), memorySizeMB: memoryMb };
    write(jsonEvent('platform.report', { requestId, metrics, status }));
  }
}
