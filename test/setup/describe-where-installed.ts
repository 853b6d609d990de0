import { spawnSync } from 'node:child_process';

/** A program that does not come with Node, and which versions of it will do. */
export interface NeededProgram {
  readonly name: string;
  /** For the reader of a skip, e.g. `aws from 2.27`. */
  readonly needs: string;
  /** Judges what the program prints of its version. */
  readonly suits: (version: string) => boolean;
}

/** A suite about a program that does not come with Node: it runs where the program is installed, and says why it is skipped where not. */
export const describeWhereInstalled = (program: string | NeededProgram, title: string, suite: () => void): void => {
  const { name, needs, suits } = typeof program === 'string' ? { name: program, needs: program, suits: () => true } : program;
  const { error, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  if (error === undefined && suits(stdout)) describe(title, suite);
  else describe.skip(`${title} (skipped: ${needs} is not installed)`, suite);
};
