import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CommandError } from '../command-error.ts';

const header = z.strictObject({ schemaVersion: z.literal(1), line: z.string(), keyVersion: z.number(), kid: z.string() });
const entry = z.strictObject({ serialNumbers: z.array(z.string()), sealed: z.string() });

/** What all keys of a file have in common: where one of them differs, another file is due. */
export type KeyFileHeader = z.infer<typeof header>;

/** Keys that were issued together, encrypted. */
export type SealedKeys = z.infer<typeof entry>;

export interface KeyFileContent {
  readonly header: KeyFileHeader;
  readonly entries: readonly SealedKeys[];
  /** In bytes, of what is whole: a crash may have cut the last line off. */
  readonly length: number;
}

/**
 * Reads a file of sealed keys: lines of JSON, of which the first says whose they are; `undefined` when there is no such file.
 * @throws CommandError when it is something else.
 */
export const readKeyFile = async (path: string): Promise<KeyFileContent | undefined> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new CommandError(`${path} cannot be read (${String(cause)}).`, { cause });
  });
  if (text === undefined) return undefined;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first, ...lines] = whole.split('\n').filter((line) => line !== '');
  const said = z.safeParse(header, parsed(first));
  const entries = z.safeParse(z.array(entry), lines.map(parsed));
  if (!said.success || !entries.success) throw new CommandError(`${path} is no file of keys that "muster keys issue" wrote.`);
  return { header: said.data, entries: entries.data, length: Buffer.byteLength(whole) };
};

const parsed = (line: string | undefined): unknown => {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
};

export interface KeyFile {
  /** The serial numbers whose keys are in it. */
  readonly done: ReadonlySet<string>;
  /** Returns when it is on the medium. */
  append(entry: SealedKeys): Promise<void>;
  close(): Promise<void>;
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

/**
 * Opens a file for keys, or goes on with one that an earlier run began.
 * @throws CommandError where it has keys of another line or version, or sealed to another key.
 */
export const openKeyFile = async (path: string, wanted: KeyFileHeader): Promise<KeyFile> => {
  const found = await readKeyFile(path);
  if (found !== undefined) demandSame(path, found.header, wanted);
  const file = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600).catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be written (${String(cause)}).`, { cause });
  });
  const append = async (line: object): Promise<void> => {
    await file.write(`${JSON.stringify(line)}\n`);
    await file.datasync();
  };
  await file.truncate(found?.length ?? 0);
  if (found === undefined) await append(wanted);
  const done = new Set(found?.entries.flatMap(({ serialNumbers }) => serialNumbers));
  return { done, append, close: () => file.close() };
};

const demandSame = (path: string, found: KeyFileHeader, wanted: KeyFileHeader): void => {
  for (const name of ['line', 'keyVersion', 'kid'] as const) {
    if (found[name] === wanted[name]) continue;
    const what = { line: 'of line', keyVersion: 'of version', kid: 'sealed to the key' }[name];
    throw new CommandError(`${path} has keys ${what} ${found[name]}, and ${wanted[name]} is wanted; choose another --out.`);
  }
};
