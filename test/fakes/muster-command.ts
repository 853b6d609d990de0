import type { Operator } from '../../cli/operator.ts';
import { createProgram } from '../../cli/program.ts';
import { recordedTerminal } from './recorded-terminal.ts';

/** Runs one command of `muster` in this process. */
export const runMuster = async (operator: Operator, ...parameters: readonly string[]) => {
  const terminal = recordedTerminal();
  let code = 0;
  const context = {
    terminal,
    operator: () => Promise.resolve(operator),
    setExitCode: (next: number) => {
      code = next;
    },
    untilInterrupted: () => Promise.resolve(),
  };
  const program = createProgram(context, () => Promise.reject(new Error('Not here.')));
  await program.parseAsync([...parameters], { from: 'user' });
  return { code, output: terminal.output, errors: terminal.errors };
};
