import type { OperatorConsole } from '../../cli/operator-console.ts';

/** A console that can be read back. */
export const recordedConsole = (): OperatorConsole & { readonly output: readonly string[]; readonly errors: readonly string[] } => {
  const output: string[] = [];
  const errors: string[] = [];
  return { output, errors, out: (line) => void output.push(line), error: (line) => void errors.push(line), progress: () => undefined };
};
