import { spawnSync } from 'node:child_process';

/** A program that does not come with Node, and which versions of it will do. */
export interface NeededProgram {
  readonly name: string;
  /** For the reader of a skip, e.g. `aws from 2.27`. */
  readonly needs: string;
  /** How it is asked; for its version unless said. It suits only where it answers with 0. */
  readonly question?: readonly string[];
  /** Judges what the program prints; anything will do unless said. */
  readonly suits?: (answer: string) => boolean;
}

const isInstalled = ({ name, question = ['--version'], suits = () => true }: NeededProgram): boolean => {
  const { error, status, stdout } = spawnSync(name, question, { encoding: 'utf8' });
  return error === undefined && status === 0 && suits(stdout);
};

/** A suite about a program that does not come with Node: it runs where the program is installed, and says why it is skipped where not. */
export const describeWhereInstalled = (program: string | NeededProgram, title: string, suite: () => void): void => {
  const needed = typeof program === 'string' ? { name: program, needs: program } : program;
  if (isInstalled(needed)) describe(title, suite);
  else describe.skip(`${title} (skipped: ${needed.needs} is not installed)`, suite);
};
