import type { Terminal } from './terminal.ts';
import type { Operator } from './operator.ts';

/** Writes the audit events of what was done. What was done stays done: that they could not be written is said, no more. */
export const recordEvents = async ({ audit }: Operator, terminal: Pick<Terminal, 'error'>): Promise<void> => {
  try {
    await audit.flush();
  } catch (error) {
    terminal.error(`Warning: the audit log could not be written (${String(error)}). What was done is done; grant logs:PutLogEvents.`);
  }
};
