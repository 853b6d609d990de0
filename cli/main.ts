#!/usr/bin/env node
import { once } from 'node:events';
import { processTerminal } from './output/terminal.ts';
import { createProgram } from './program.ts';
import { runCommand } from './run-command.ts';

const readDeployed = async () => (await import('./read-configuration.ts')).readConfiguration(process.env);

const setExitCode = (code: number): void => {
  process.exitCode = code;
};

// 128 and the number of SIGPIPE, which Node does not let end it: whoever read the output, as `head` does, has gone.
const NOBODY_READS = 141;

process.stdout.once('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit(NOBODY_READS);
});

const program = createProgram(
  {
    terminal: processTerminal,
    // Loaded when a command needs them: together they take most of a second.
    configuration: readDeployed,
    openClient: async (scope) => (await import('../aws/open/operations.ts')).openOperations(await readDeployed(), scope),
    fieldClaims: async () => (await import('../aws/iot/field-claims.ts')).createIotFieldClaims(),
    account: async () => (await import('../aws/open/account-reads.ts')).openAccountReads(),
    history: async () => (await import('../aws/open/deployed-archive.ts')).openDeployedArchive(await readDeployed()),
    deadLetters: async () => (await import('../aws/open/audit-dead-letters.ts')).openAuditDeadLetters(await readDeployed()),
    domains: async () => (await import('../aws/iot/domain-configurations.ts')).createIotDomainConfigurations(),
    setExitCode,
    untilInterrupted: async () => {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    },
  },
  async (ports) => (await import('../local/main.ts')).startLocalAws(ports),
);

await runCommand(program, processTerminal, setExitCode);
