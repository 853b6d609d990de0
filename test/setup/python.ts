import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { NeededProgram } from './describe-where-installed.ts';

const folder = join(import.meta.dirname, '../../examples/paho-mqtt');

/** Python with modules that do not come with it. */
export const pythonWith = (...modules: readonly string[]): NeededProgram => ({
  name: 'python3',
  needs: `python3 with ${modules.join(' and ')}`,
  question: ['-c', modules.map((module) => `import ${module}`).join('\n')],
});

export interface PythonEnd {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** One of the examples in Python, in a process of its own. */
export class PythonDevice {
  readonly ended: Promise<PythonEnd>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Set<() => void>();
  #out = '';
  #error = '';

  constructor(script: string, parameters: readonly string[]) {
    const env = { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' };
    this.#child = spawn('python3', [join(folder, script), ...parameters], { env });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
      for (const arrived of this.#waiting) arrived();
    });
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#error += chunk.toString();
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => {
        resolve({ code, out: this.#out, error: this.#error });
      });
    });
  }

  /** Resolves once `text` was printed as often as said; rejects when the program ends before. */
  async printed(text: string, times = 1): Promise<void> {
    while (this.#out.split(text).length <= times) {
      const more = Promise.withResolvers<'more'>();
      const arrived = (): void => {
        more.resolve('more');
      };
      this.#waiting.add(arrived);
      const next = await Promise.race([more.promise, this.ended]);
      this.#waiting.delete(arrived);
      if (next !== 'more' && this.#out.split(text).length <= times)
        throw new Error(`It ended before it printed "${text}":\n${next.out}${next.error}`);
    }
  }

  stop(): Promise<PythonEnd> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }
}

/** Runs an example to its end. */
export const runPythonDevice = (script: string, parameters: readonly string[]): Promise<PythonEnd> =>
  new PythonDevice(script, parameters).ended;
