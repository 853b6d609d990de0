import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '../..');

export interface TerminalWishes {
  readonly directory: string;
  /** The whole of it, but for what Node is found by. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Width in characters; 100 unless said. */
  readonly columns?: number;
}

/** Somebody in front of a terminal. */
export interface Person {
  /** Resolves once the terminal has shown it; rejects when the program ends before. */
  sees(text: string): Promise<void>;
  types(keys: string): void;
}

export interface TerminalEnd {
  readonly code: number | null;
  /** All that came, control sequences included. */
  readonly raw: string;
  /** The same without them. */
  readonly text: string;
}

/** Keys that have no letter. */
export const keys = { enter: '\r', controlC: '\u0003', up: '\u001b[A', backspace: '\u007f', escape: '\u001b' } as const;

/** What a narrow terminal breaks into lines, and frames, reads the same. */
const unwrapped = (text: string): string => stripVTControlCharacters(text).replaceAll(/[\s│]/g, '');

/** Runs `muster` in a pseudo-terminal, which `script(1)` makes, and has somebody sit in front of it. */
export const onTerminal = async (
  parameters: readonly string[],
  { directory, environment = {}, columns = 100 }: TerminalWishes,
  act: (person: Person) => Promise<void> = () => Promise.resolve(),
): Promise<TerminalEnd> => {
  const command = [process.execPath, join(root, 'cli/main.ts'), ...parameters].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `stty cols ${String(columns)} rows 40; exec ${command}`, '/dev/null'], {
    cwd: directory,
    env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color', HOME: directory, SHELL: '/bin/sh', ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 20_000,
  });
  let raw = '';
  let arrived = (): void => undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    arrived();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const early = ended.then((code) => Promise.reject(new Error(`It ended with ${String(code)}:\n${raw}`)));
  early.catch(() => undefined);
  const person: Person = {
    sees: async (text) => {
      while (!unwrapped(raw).includes(unwrapped(text))) {
        const more = new Promise<void>((resolve) => {
          arrived = resolve;
        });
        await Promise.race([more, early]);
      }
    },
    types: (typed) => void child.stdin.write(typed),
  };
  await act(person);
  const code = await ended;
  return { code, raw, text: stripVTControlCharacters(raw) };
};
