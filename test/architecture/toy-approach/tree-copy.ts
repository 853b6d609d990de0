import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOfTree, isOfTree, root } from '../source-tree.ts';
import type { Insertion } from './insertions.ts';

export interface CommandResult {
  readonly code: number;
  /** What was written to standard output and standard error. */
  readonly output: string;
}

/** A copy of the tree that may be changed, with the dependencies of the original. */
export interface TreeCopy {
  readonly folder: string;
  /** Lays the files of a folder over the tree. */
  add(folder: string): void;
  insert(insertion: Insertion): void;
  write(file: string, content: string): void;
  /** Runs a program of Node in the copy. */
  run(parameters: readonly string[], variables?: NodeJS.ProcessEnv): Promise<CommandResult>;
  /** The files that are not what they were at first, with the number of lines that each has gained. */
  changes(): Readonly<Record<string, number>>;
  remove(): void;
}

export const copyTree = (): TreeCopy => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-tree-'));
  for (const entry of readdirSync(root)) {
    if (isOfTree(entry)) cpSync(join(root, entry), join(folder, entry), { recursive: true });
  }
  const original = filesOfTree(folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const pathOf = (file: string): string => join(folder, file);
  return {
    folder,
    add: (overlay) => {
      cpSync(overlay, folder, { recursive: true });
    },
    insert: (insertion) => {
      const path = pathOf(insertion.file);
      writeFileSync(path, withInsertion(readFileSync(path, 'utf8'), insertion));
    },
    write: (file, content) => {
      writeFileSync(pathOf(file), content);
    },
    run: (parameters, variables = {}) => runNode(folder, parameters, variables),
    changes: () =>
      Object.fromEntries(
        [...filesOfTree(folder)]
          .filter(([file, text]) => original.get(file) !== text)
          .map(([file, text]) => [file, linesGained(original.get(file) ?? '', text)]),
      ),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

const withInsertion = (text: string, { file, added, before }: Insertion): string => {
  const position = before === undefined ? text.length : text.indexOf(before);
  if (position < 0) throw new Error(`${file} does not contain ${JSON.stringify(before)}, where the insertion belongs.`);
  return text.slice(0, position) + added + text.slice(position);
};

const linesGained = (before: string, after: string): number => {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line)).length;
};

const runNode = (cwd: string, parameters: readonly string[], variables: NodeJS.ProcessEnv): Promise<CommandResult> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...variables }, maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, [...parameters], options, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
