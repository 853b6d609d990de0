import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';

/**
 * Asks before what cannot be undone, where somebody can answer.
 * @throws CommandError where nobody says yes.
 */
export const demandConfirmation = async (
  { terminal }: Pick<CommandContext, 'terminal'>,
  question: string,
  isConfirmed: boolean,
): Promise<void> => {
  if (isConfirmed) return;
  if (terminal.confirm === undefined) throw new CommandError(`${question} Nobody can be asked here: say --yes.`);
  if (!(await terminal.confirm(question))) throw new CommandError('Nothing was changed.');
};
