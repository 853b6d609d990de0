#!/usr/bin/env node
import { once } from 'node:events';
import { startLocalAws } from '../local/main.ts';
import { explain } from './explain.ts';
import { openOperator } from './open-operator.ts';
import { processTerminal } from './terminal.ts';
import { createProgram } from './program.ts';

const program = createProgram(
  {
    terminal: processTerminal,
    operator: () => openOperator(process.env),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    untilInterrupted: async () => {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    },
  },
  startLocalAws,
);

try {
  await program.parseAsync();
} catch (error) {
  processTerminal.error(explain(error));
  process.exitCode = 1;
}
