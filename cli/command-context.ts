import type { OperatorConsole } from './operator-console.ts';
import type { Operator } from './operator.ts';

/** What every command is given. */
export interface CommandContext {
  readonly console: OperatorConsole;
  /** Finds the deployment; not asked for until a command's options are known to be good. */
  readonly operator: () => Promise<Operator>;
  readonly setExitCode: (code: number) => void;
  /** Resolves when the person at the terminal wants an end. */
  readonly untilInterrupted: () => Promise<void>;
}
