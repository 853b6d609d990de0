import type { Terminal } from '../../cli/output/terminal.ts';

/** A terminal that can be read back. */
export const recordedTerminal = (): Terminal & { readonly output: readonly string[]; readonly errors: readonly string[] } => {
  const output: string[] = [];
  const errors: string[] = [];
  return { output, errors, out: (line) => void output.push(line), error: (line) => void errors.push(line), progress: () => undefined };
};
