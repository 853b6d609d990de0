import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestPrincipal, aUser } from './principals.ts';
import { type ProgramEnd, runProgram } from './program.ts';
import type { Stage } from './stage.ts';

/** For what takes two: an operator and somebody of security, at one command line. */
export interface TwoPeople {
  readonly operator: TestPrincipal;
  readonly security: TestPrincipal;
  /** Where the command line is run. */
  readonly directory: string;
  muster(who: TestPrincipal, ...parameters: readonly string[]): Promise<ProgramEnd>;
  leave(): Promise<void>;
}

export const meetTwoPeople = async ({ shared, fleet }: Pick<Stage, 'shared' | 'fleet'>): Promise<TwoPeople> => {
  const home = { shared, configuration: fleet.operator.configuration };
  const [directory, operator, security] = await Promise.all([
    mkdtemp(join(tmpdir(), 'muster-two-people-')),
    aUser(home, 'operator'),
    aUser(home, 'security'),
  ]);
  return {
    operator,
    security,
    directory,
    muster: (who, ...parameters) => runProgram({ script: 'cli/main.ts', parameters, environment: who.environment, directory }),
    leave: () => rm(directory, { recursive: true }),
  };
};
