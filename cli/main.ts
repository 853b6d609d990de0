#!/usr/bin/env node
import { once } from 'node:events';
import { explain } from './explain.ts';
import { processTerminal } from './terminal.ts';
import { createProgram } from './program.ts';

const readDeployed = async () => (await import('./read-configuration.ts')).readConfiguration(process.env);

const program = createProgram(
  {
    terminal: processTerminal,
    // Loaded when a command needs them: together they take most of a second.
    configuration: readDeployed,
    openClient: async (scope) => (await import('../aws/open-operations.ts')).openOperations(await readDeployed(), scope),
    operator: async () => (await import('./open-operator.ts')).openOperator(process.env),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    untilInterrupted: async () => {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    },
  },
  async (ports) => (await import('../local/main.ts')).startLocalAws(ports),
);

try {
  await program.parseAsync();
} catch (error) {
  processTerminal.error(explain(error));
  process.exitCode = 1;
}
