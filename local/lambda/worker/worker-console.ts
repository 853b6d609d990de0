import { format } from 'node:util';
import type { LogLevel, WorkerStart } from './worker-messages.ts';

const levels: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

const methods = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

type Write = typeof process.stdout.write;

/** Cuts a stream into lines; what has no end of line yet waits for it, or for `flush`. */
class LineCutter {
  #rest = '';
  readonly #emit: (line: string) => void;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#emit(line);
  }

  flush(): void {
    if (this.#rest !== '') this.#emit(this.#rest);
    this.#rest = '';
  }
}

const jsonLine = (level: LogLevel, requestId: string, parts: readonly unknown[]): string => {
  const [only] = parts;
  const message = parts.length === 1 && typeof only === 'object' ? only : format(...parts);
  return JSON.stringify({ timestamp: new Date().toISOString(), level, requestId, message });
};

const textLine = (level: LogLevel, requestId: string, parts: readonly unknown[]): string =>
  `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...parts)}`;

/** The function's way to its log. */
export interface CapturedOutput {
  /** Sends the last unfinished line. */
  flush(): void;
  /** Writes an error as `console.error` would. */
  error(message: string): void;
}

const captureStream = (stream: NodeJS.WriteStream, emit: (line: string) => void): LineCutter => {
  const cutter = new LineCutter(emit);
  const write: Write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
    cutter.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = rest.findLast((argument): argument is () => void => typeof argument === 'function');
    if (done !== undefined) queueMicrotask(done);
    return true;
  };
  stream.write = write;
  return cutter;
};

/**
 * Sends everything that the function writes to its log, in order: `console` in the function's log format (Lambda
 * Developer Guide, "Log and monitor Node.js Lambda functions"), anything else line by line as it is.
 */
export const captureOutput = (start: WorkerStart, requestId: () => string, emit: (line: string) => void): CapturedOutput => {
  const cutters = [process.stdout, process.stderr].map((stream) => captureStream(stream, emit));
  const lowest = start.logFormat === 'JSON' ? levels.indexOf(start.logLevel) : 0;
  const lineOf = start.logFormat === 'JSON' ? jsonLine : textLine;
  const say = (level: LogLevel, parts: readonly unknown[]): void => {
    if (levels.indexOf(level) >= lowest) emit(lineOf(level, requestId(), parts));
  };
  for (const [method, level] of Object.entries(methods)) {
    Reflect.set(console, method, (...parts: unknown[]) => {
      say(level, parts);
    });
  }
  return {
    flush: () => {
      for (const cutter of cutters) cutter.flush();
    },
    error: (message) => {
      say('ERROR', [message]);
    },
  };
};
