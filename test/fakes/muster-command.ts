import type { Operator } from '../../cli/operator.ts';
import { createProgram } from '../../cli/program.ts';
import { type Configuration, parseConfiguration } from '../../domain/configuration.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { recordedTerminal } from './recorded-terminal.ts';

const standard = parseConfiguration({}, ['pki']);

const nobody = () => Promise.reject(new Error('Not in this test.'));

/** What a command reaches in a test; what it does not say, the command must not ask for. */
export interface MusterWorld {
  readonly client?: OperationsClient;
  readonly operator?: Operator;
  /** What was deployed; all defaults unless said. */
  readonly configuration?: Configuration;
  /** When the person at the terminal wants an end; at once unless said. */
  readonly interrupted?: Promise<void>;
}

/** Runs one command of `muster` in this process. */
export const runMuster = async (world: MusterWorld | Operator, ...parameters: readonly string[]) => {
  const {
    client,
    operator,
    configuration = standard,
    interrupted = Promise.resolve(),
  }: MusterWorld = 'certificates' in world ? { operator: world } : world;
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
    untilInterrupted: () => interrupted,
  };
  const program = createProgram(context, () => Promise.reject(new Error('Not here.')));
  await program.parseAsync([...parameters], { from: 'user' });
  return { code, output: terminal.output, errors: terminal.errors };
};
