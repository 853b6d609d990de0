import type * as z from 'zod/mini';
import type { InputOf, OperationContract, OutputOf } from '../domain/operation.ts';
import { WaitingForSecondError } from '../domain/operations-client.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { patiently } from './patiently.ts';
import { plainJson } from './output/plain-json.ts';

export interface Performance<Contract extends OperationContract> {
  readonly contract: Contract;
  readonly input: InputOf<Contract>;
  /** Prints what the operation answers as one JSON object. */
  readonly json: boolean;
  readonly isDryRun?: boolean;
  /** What came of it, for people. */
  readonly describe: (output: OutputOf<Contract>) => string;
}

/** Has one operation done and prints what came of it: all that most commands do. */
export const perform = async <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  context: Pick<CommandContext, 'client' | 'terminal' | 'commandLine' | 'setExitCode'>,
  { contract, input, json, isDryRun = false, describe }: Performance<OperationContract<Input, Output>>,
): Promise<void> => {
  const { client, terminal } = context;
  await unlessWaiting(context, json, async () => {
    const caller = await client();
    const output = await patiently(() => caller.call(contract, input, { isDryRun }));
    if (json) terminal.out(plainJson(output));
    else terminal.out(isDryRun ? `Dry run, nothing is changed. Else: ${describe(output)}` : describe(output));
  });
};

/** Does something, and where it takes somebody else first, says so. */
export const unlessWaiting = async (
  { terminal, commandLine, setExitCode }: Pick<CommandContext, 'terminal' | 'commandLine' | 'setExitCode'>,
  json: boolean,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof WaitingForSecondError)) throw error;
    terminal.out(json ? plainJson({ waiting: error.waiting }) : `${error.message}\n  ${commandLine()}`);
    setExitCode(exitCodes.waiting);
  }
};
