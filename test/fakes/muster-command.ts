import type { Operator } from '../../cli/operator.ts';
import { createProgram } from '../../cli/program.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { recordedTerminal } from './recorded-terminal.ts';

const configuration = parseConfiguration({}, ['pki']);

const nobody = () => Promise.reject(new Error('Not in this test.'));

/** What a command reaches in a test; what it does not say, the command must not ask for. */
export interface MusterWorld {
  readonly client?: OperationsClient;
  readonly operator?: Operator;
}

/** Runs one command of `muster` in this process. */
export const runMuster = async (world: MusterWorld | Operator, ...parameters: readonly string[]) => {
  const { client, operator } = 'certificates' in world ? { client: undefined, operator: world } : world;
  const terminal = recordedTerminal();
  let code = 0;
  const context = {
    terminal,
    configuration: () => Promise.resolve(operator?.configuration ?? configuration),
    openClient: client === undefined ? nobody : () => Promise.resolve(client),
    operator: operator === undefined ? nobody : () => Promise.resolve(operator),
    setExitCode: (next: number) => {
      code = next;
    },
    untilInterrupted: () => Promise.resolve(),
  };
  const program = createProgram(context, () => Promise.reject(new Error('Not here.')));
  await program.parseAsync([...parameters], { from: 'user' });
  return { code, output: terminal.output, errors: terminal.errors };
};
