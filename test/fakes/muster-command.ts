import { createProgram } from '../../cli/program.ts';
import type { AccountReads } from '../../domain/account-ports.ts';
import type { FieldClaims } from '../../domain/claim/claim-ports.ts';
import type { AuditDeadLetters } from '../../domain/audit/dead-letters.ts';
import type { DeployedArchive } from '../../domain/audit/verification/archive.ts';
import { type Configuration, parseConfiguration } from '../../domain/configuration.ts';
import type { DomainConfigurations } from '../../domain/domain-configuration.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { recordedTerminal } from './recorded-terminal.ts';

const standard = parseConfiguration({}, ['pki']);

const nobody = () => Promise.reject(new Error('Not in this test.'));

/** What a command reaches in a test; what it does not say, the command must not ask for. */
export interface MusterWorld {
  readonly client?: OperationsClient;
  readonly fieldClaims?: FieldClaims;
  readonly account?: AccountReads;
  readonly history?: DeployedArchive;
  readonly deadLetters?: AuditDeadLetters;
  readonly domains?: DomainConfigurations;
  /** What was deployed; all defaults unless said. */
  readonly configuration?: Configuration;
  /** When the person at the terminal wants an end; at once unless said. */
  readonly interrupted?: Promise<void>;
}

/** Runs one command of `muster` in this process. */
export const runMuster = async (world: MusterWorld, ...parameters: readonly string[]) => {
  const { client, fieldClaims, account, history, deadLetters, domains, configuration = standard, interrupted = Promise.resolve() } = world;
  const terminal = recordedTerminal();
  let code = 0;
  const context = {
    terminal,
    configuration: () => Promise.resolve(configuration),
    openClient: client === undefined ? nobody : () => Promise.resolve(client),
    fieldClaims: fieldClaims === undefined ? nobody : () => Promise.resolve(fieldClaims),
    account: account === undefined ? nobody : () => Promise.resolve(account),
    history: history === undefined ? nobody : () => Promise.resolve(history),
    deadLetters: deadLetters === undefined ? nobody : () => Promise.resolve(deadLetters),
    domains: domains === undefined ? nobody : () => Promise.resolve(domains),
    setExitCode: (next: number) => {
      code = next;
    },
    untilInterrupted: () => interrupted,
  };
  const program = createProgram(context, () => Promise.reject(new Error('Not here.')));
  await program.parseAsync([...parameters], { from: 'user' });
  return { code, output: terminal.output, errors: terminal.errors };
};
