#!/usr/bin/env node
import { once } from 'node:events';
import { startLocalAws } from '../local/main.ts';
import { explain } from './explain.ts';
import { openOperator } from './open-operator.ts';
import { processConsole } from './operator-console.ts';
import { createProgram } from './program.ts';

const program = createProgram(
  {
    console: processConsole,
    operator: () => openOperator(process.env),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    untilInterrupted: async () => {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    },
  },
  ({ port }) => startLocalAws({ port }),
);

try {
  await program.parseAsync();
} catch (error) {
  processConsole.error(explain(error));
  process.exitCode = 1;
}
