import { Command } from 'commander';
import * as z from 'zod/mini';
import { createOperationsClient, type Reply } from '../../aws/operations/operations-client.ts';
import { CommandError } from '../../cli/command-error.ts';
import { perform } from '../../cli/perform.ts';
import { createProgram } from '../../cli/program.ts';
import { runCommand } from '../../cli/run-command.ts';
import { defineOperation } from '../../domain/operation.ts';
import { NOON, anEnrollment } from '../builders/enrollment.ts';
import { inProcessOperations } from '../fakes/in-process-operations.ts';
import { recordedTerminal } from '../fakes/recorded-terminal.ts';

const never = () => Promise.reject(new Error('Not in this test.'));

const painting = defineOperation({
  name: 'walls.paint',
  roles: ['operator'],
  isChange: true,
  needsTwo: true,
  input: z.object({ wall: z.string() }),
  output: z.object({ coats: z.number() }),
});

/** A program whose one command paints a wall, and what answers it. */
const painter = async (reply: Reply, ...parameters: readonly string[]) => {
  const terminal = recordedTerminal();
  let code = 0;
  const setExitCode = (next: number): void => {
    code = next;
  };
  const client = () => Promise.resolve(createOperationsClient(() => Promise.resolve(reply)));
  const program = new Command('muster').exitOverride().addCommand(
    new Command('paint')
      .exitOverride()
      .argument('<wall>')
      .option('--json')
      .option('--dry-run')
      .action((wall: string, { json = false, dryRun: isDryRun = false }: { json?: boolean; dryRun?: boolean }) =>
        perform(
          { client, terminal, setExitCode, commandLine: () => 'muster paint north' },
          { contract: painting, input: { wall }, json, isDryRun, describe: ({ coats }) => `Painted ${coats} coats.` },
        ),
      ),
  );
  program.configureOutput({ writeErr: terminal.error });
  for (const command of program.commands) command.configureOutput({ writeErr: terminal.error });
  const withParameters = { parseAsync: () => program.parseAsync([...parameters], { from: 'user' }) };
  await runCommand(withParameters, terminal, setExitCode);
  return { code, output: terminal.output, errors: terminal.errors };
};

const waiting = { operation: 'walls.paint', proposedBy: 'arn:ann', until: NOON, roles: ['security' as const] };
const answers = {
  done: { status: 200, body: JSON.stringify({ output: { coats: 2 } }) },
  waiting: { status: 202, body: JSON.stringify({ waiting }) },
  refused: { status: 409, body: JSON.stringify({ error: { code: 'ERR_CONFLICT', message: 'already\u001b[2J painted' } }) },
};

describe('A command ends', () => {
  test('with 0 when it is done', async () => {
    expect(await painter(answers.done, 'paint', 'north')).toEqual({ code: 0, output: ['Painted 2 coats.'], errors: [] });
  });

  test('with 0 when it was rehearsed, and says that nothing is changed', async () => {
    const { code, output } = await painter(answers.done, 'paint', 'north', '--dry-run');
    expect({ code, output }).toEqual({ code: 0, output: ['Dry run, nothing is changed. Else: Painted 2 coats.'] });
  });

  test('with 1 when it is refused, and shows nothing that would move the cursor', async () => {
    expect(await painter(answers.refused, 'paint', 'north')).toEqual({ code: 1, output: [], errors: ['already\\u{1b}[2J painted'] });
  });

  test('with 2 when the command line is wrong', async () => {
    expect(await painter(answers.done, 'paint')).toMatchObject({ code: 2, output: [] });
    expect(await painter(answers.done, 'paint', 'north', '--wet')).toMatchObject({ code: 2, output: [] });
  });

  test('with 3 when somebody else must agree, and says what they must run', async () => {
    const { code, output } = await painter(answers.waiting, 'paint', 'north');
    expect(code).toBe(3);
    expect(output.join()).toMatch(/somebody else, in the role security, must run the same command.\n {2}muster paint north$/);
  });

  test('with 3 and what it waits for as JSON, for programs', async () => {
    const { code, output } = await painter(answers.waiting, 'paint', 'north', '--json');
    expect({ code, printed: JSON.parse(output.join()) as unknown }).toEqual({ code: 3, printed: { waiting } });
  });

  test('with 1 and what to do when something can be mended', async () => {
    const terminal = recordedTerminal();
    let code = 0;
    const failing = { parseAsync: () => Promise.reject(new CommandError('Mend it.')) };
    await runCommand(failing, terminal, (next) => {
      code = next;
    });
    expect({ code, errors: terminal.errors }).toEqual({ code: 1, errors: ['Mend it.'] });
  });
});

describe('muster', () => {
  const run = async (...parameters: readonly string[]) => {
    const terminal = recordedTerminal();
    const scopes: (string | undefined)[] = [];
    const world = inProcessOperations();
    await world.store.register(anEnrollment());
    const context = {
      terminal,
      configuration: never,
      openClient: (scope: string | undefined) => {
        scopes.push(scope);
        return Promise.resolve(world.client);
      },
      fieldClaims: never,
      account: never,
      history: never,
      deadLetters: never,
      domains: never,
      setExitCode: () => undefined,
      untilInterrupted: () => Promise.resolve(),
    };
    await createProgram(context, never).parseAsync([...parameters], { from: 'user' });
    return scopes;
  };

  test('acts in the scope that --as names, before or after the command', async () => {
    expect(await run('--as', 'support', 'devices', 'show', 'SN-1', '--line', 'sensor')).toEqual(['support']);
    expect(await run('devices', 'show', 'SN-1', '--line', 'sensor', '--as', 'auditor')).toEqual(['auditor']);
  });

  test('acts in the scope that MUSTER_SCOPE names, else in whichever opens', async () => {
    expect(await run('devices', 'show', 'SN-1', '--line', 'sensor')).toEqual([undefined]);
    process.env['MUSTER_SCOPE'] = 'security';
    try {
      expect(await run('devices', 'show', 'SN-1', '--line', 'sensor')).toEqual(['security']);
    } finally {
      delete process.env['MUSTER_SCOPE'];
    }
  });
});
