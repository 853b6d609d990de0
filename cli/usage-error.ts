import { CommandError } from './command-error.ts';

/** The command line is wrong, and nothing was tried. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';
}
