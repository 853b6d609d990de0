import { CommandError } from './command-error.ts';

/** The person at the terminal wanted an end instead of an answer. */
export class InterruptedError extends CommandError {
  override readonly name = 'InterruptedError';
}
