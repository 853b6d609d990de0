import { spawnSync } from 'node:child_process';

/** A suite about a program that does not come with Node: it runs where the program is installed, and says why it is skipped where not. */
export const describeWhereInstalled = (program: string, title: string, suite: () => void): void => {
  const isInstalled = spawnSync(program, ['--version']).error === undefined;
  if (isInstalled) describe(title, suite);
  else describe.skip(`${title} (skipped: ${program} is not installed)`, suite);
};
