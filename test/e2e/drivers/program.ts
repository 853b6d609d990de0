import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** How a program is started. */
export interface ProgramStart {
  /** Of the project, e.g. `cli/main.ts`. */
  readonly script: string;
  readonly parameters: readonly string[];
  /** The whole of it: nothing of this process's own is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it runs. */
  readonly directory: string;
  /** Whether something will be typed; it reads the end of its input at once otherwise. */
  readonly isTypedAt?: boolean;
}

/** What a program has printed, and how it ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** One of the project's programs in a process of its own. */
export class Program {
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcess;
  #out = '';
  #error = '';
  #arrived = (): void => undefined;

  constructor({ script, parameters, environment, directory, isTypedAt = false }: ProgramStart) {
    this.#child = spawn(process.execPath, [join(root, script), ...parameters], {
      env: { ...environment },
      cwd: directory,
      stdio: [isTypedAt ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
      this.#arrived();
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#error += chunk.toString();
      this.#arrived();
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => {
        resolve({ code, out: this.#out, error: this.#error });
      });
    });
  }

  /** Resolves with all of its standard output so far once `text` is in that or in its errors; rejects when the program ends before. */
  async printed(text: string): Promise<string> {
    const isThere = (): boolean => this.#out.includes(text) || this.#error.includes(text);
    const early = this.ended.then(({ code, out, error }) => {
      if (!isThere()) throw new Error(`It ended with code ${String(code)} before it printed "${text}":\n${out}${error}`);
    });
    while (!isThere()) await Promise.race([this.#moreOutput(), early]);
    return this.#out;
  }

  /** Writes to its standard input. */
  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Ends it as Ctrl-C does, or as said. */
  interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<ProgramEnd> {
    this.#child.kill(signal);
    return this.ended;
  }

  #moreOutput(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }
}

/** Runs a program to its end. */
export const runProgram = (start: ProgramStart): Promise<ProgramEnd> => new Program(start).ended;
