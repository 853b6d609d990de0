import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { checks } from '../../cli/doctor/checks.ts';
import { createProgram } from '../../cli/program.ts';
import { operations } from '../../domain/operations/index.ts';
import { operatorRoles } from '../../domain/operator-scope.ts';
import { codeIn, tableWith } from '../builders/markdown.ts';
import { recordedTerminal } from '../fakes/recorded-terminal.ts';

const documentText = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const never = () => Promise.reject(new Error('Not in this test.'));

const program = createProgram(
  {
    ...{
      terminal: recordedTerminal(),
      configuration: never,
      openClient: never,
      fieldClaims: never,
      account: never,
      history: never,
      deadLetters: never,
      domains: never,
    },
    ...{ setExitCode: () => undefined, untilInterrupted: never },
  },
  never,
);

/** Every command that does something, by its whole name. The controls of a running local AWS are in that one's own document. */
const commandsIn = (command: Command, path = ''): ReadonlyMap<string, Command> =>
  new Map(
    command
      .createHelp()
      .visibleCommands(command)
      .filter((inner) => inner.name() !== 'help')
      .flatMap((inner) => {
        const name = `${path}${inner.name()}`;
        return inner.commands.length === 0 || name === 'local' ? [[name, inner] as const] : [...commandsIn(inner, `${name} `)];
      }),
  );

/** Commands that are not called as the operation that they have done. */
const operationOf: Readonly<Record<string, string>> = {
  explain: 'devices.explain',
  'manufacturers show': 'manufacturers.list',
  'audit export': 'audit.search',
};

describe('The table of commands in the README', () => {
  const rows = tableWith(documentText('README.md'), 'command', 'what it does', 'roles', 'exit codes');
  const commands = commandsIn(program);

  test('has every command of the program, and says of it what its help says', () => {
    const told = rows.map(([command = '', what]) => [codeIn(command).join(), what]);
    expect(told).toEqual([...commands].map(([name, command]) => [name, command.description()]));
  });

  test.each(rows)('says who may: %s', (...[name = '', , roles, codes]) => {
    const command = codeIn(name).join();
    const wanted = operationOf[command] ?? command.replace(' ', '.');
    const operation = operations.find((one) => one.name === wanted);
    if (operation === undefined) {
      expect(roles).toBe('anybody');
      return;
    }
    const all = operation.roles.length === operatorRoles.length ? 'all' : operation.roles.join(', ');
    expect(roles).toBe(`${all}${operation.needsTwo ? '; two people' : ''}`);
    expect(codes?.split(', ').includes('3')).toBe(operation.needsTwo);
  });
});

test('docs/doctor.md has every check of the doctor, and when it is made', () => {
  const rows = tableWith(documentText('docs/doctor.md'), 'check', 'when', 'what it looks at', 'permissions');
  expect(rows.map(([name = '', when]) => [codeIn(name).join(), when])).toEqual(checks.map(({ name, phases }) => [name, phases.join(', ')]));
});

test('Every command of the program stands under a heading in its help', () => {
  expect(program.helpInformation()).not.toMatch(/^Commands:/m);
});
