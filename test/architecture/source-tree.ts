import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

export const root = join(import.meta.dirname, '../..');

const folders = ['bin', 'lib', 'lambdas', 'approaches', 'domain', 'aws', 'device', 'cli', 'local', 'demo', 'bench', 'docs'];

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly syntax: ts.SourceFile;
}

const read = (path: string): SourceFile => {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, lines: text.split('\n').length, syntax: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
};

/** Generated tables are exempt from the size gates, and named so that they can be told. */
const isGenerated = (path: string): boolean => path.endsWith('.data.ts');

export const sourceFiles = (): SourceFile[] =>
  folders
    .flatMap(filesBelow)
    .filter((path) => !isGenerated(path))
    .map(read);
export const testFiles = (): SourceFile[] => filesBelow('test').map(read);

/** The smallest value that at least `share` of the values do not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length - 1) * share + 0.5))] ?? 0;
};

// Not part of the tree: what was installed, built or recorded.
const leftOut = new Set(['.git', 'node_modules', 'cdk.out', 'coverage', 'dist', '.muster', '.python']);

/** Whether what lies in a tree's root folder belongs to the tree. */
export const isOfTree = (name: string): boolean => !leftOut.has(name);

/** Every file of a tree with its text, by its path from the root. */
export const filesOfTree = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => isOfTree(name))
      .flatMap((entry): (readonly [string, string])[] => {
        const path = join(folder, entry.name);
        if (!entry.isDirectory()) return [[entry.name, readFileSync(path, 'utf8')]];
        return [...filesOfTree(path)].map(([file, text]) => [join(entry.name, file), text]);
      }),
  );
