import { CommanderError } from 'commander';
import { WaitingForSecondError } from '../domain/operations-client.ts';
import { exitCodes } from './exit-codes.ts';
import { explain } from './explain-failure.ts';
import { InterruptedError } from './interrupted-error.ts';
import type { Terminal } from './output/terminal.ts';
import { UsageError } from './usage-error.ts';
import { visible } from './output/visible-text.ts';

/** Runs what the command line asks for, and ends with what scripts can tell apart. */
export const runCommand = async (
  program: { parseAsync(): Promise<unknown> },
  terminal: Pick<Terminal, 'error'>,
  setExitCode: (code: number) => void,
): Promise<void> => {
  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has said what was wrong, or has shown the help that was asked for.
    if (!(error instanceof CommanderError)) terminal.error(explain(error).split('\n').map(visible).join('\n'));
    setExitCode(exitCodeOf(error));
  }
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  return error instanceof WaitingForSecondError ? exitCodes.waiting : exitCodes.failed;
};
