import type { AccountReads } from '../domain/account-ports.ts';
import type { AuditDeadLetters } from '../domain/audit/dead-letters.ts';
import type { DeployedArchive } from '../domain/audit/verification/archive.ts';
import type { FieldClaims } from '../domain/claim/claim-ports.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { DomainConfigurations } from '../domain/domain-configuration.ts';
import type { OperationsClient } from '../domain/operations-client.ts';
import type { Terminal } from './output/terminal.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** What was deployed; not asked for until a command's options are known to be good. */
  readonly configuration: () => Promise<Configuration>;
  /** The way to the operations of the deployment, in the scope that was asked for; not asked for either. */
  readonly client: () => Promise<OperationsClient>;
  /** Makes claims of five minutes with the credentials in use. */
  readonly fieldClaims: () => Promise<FieldClaims>;
  /** The account itself, seen with the credentials in use. */
  readonly account: () => Promise<AccountReads>;
  /** Sealed history, read with the credentials in use. */
  readonly history: () => Promise<DeployedArchive>;
  /** Events that could not be stored, brought back with the credentials in use. */
  readonly deadLetters: () => Promise<AuditDeadLetters>;
  /** Host names of authorizers in the account, changed with the credentials in use. */
  readonly domains: () => Promise<Pick<DomainConfigurations, 'close' | 'remove'>>;
  /** What was asked for, as it can be typed again, without the scope. */
  readonly commandLine: () => string;
  readonly setExitCode: (code: number) => void;
  /** Resolves when the person at the terminal wants an end. */
  readonly untilInterrupted: () => Promise<void>;
}
