import type { Terminal } from './terminal.ts';
import type { Operator } from './operator.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Finds the deployment; not asked for until a command's options are known to be good. */
  readonly operator: () => Promise<Operator>;
  readonly setExitCode: (code: number) => void;
  /** Resolves when the person at the terminal wants an end. */
  readonly untilInterrupted: () => Promise<void>;
}
