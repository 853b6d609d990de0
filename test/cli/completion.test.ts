import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { completeCommand, completionCommand } from '../../cli/commands/completion.ts';
import type { Shell } from '../../cli/completion/scripts.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { runMuster } from '../fakes/muster-command.ts';
import { recordedTerminal } from '../fakes/recorded-terminal.ts';
import { describeWhereInstalled } from '../setup/describe-where-installed.ts';

const nobody = () => Promise.reject(new Error('Not in this test.'));
const nothing = () => undefined;

const configuration = parseConfiguration(
  { lines: [{ name: 'sensor' }, { name: 'gateway' }], operators: { factory: [{ name: 'plant-7', lines: ['gateway'] }] } },
  ['pki'],
);

const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { output } = await runMuster({ configuration }, 'complete', '--', ...words);
  return output.map((line) => line.split('\t')[0] ?? '');
};

describe('What may stand next', () => {
  test('is a command, and no hidden one', async () => {
    const all = await complete('');
    expect(all).toEqual(expect.arrayContaining(['init', 'claims', 'devices', 'explain', 'audit', 'local', 'help']));
    expect(all).not.toContain('complete');
  });

  test.each<[readonly string[], readonly string[]]>([
    [['dev'], ['devices']],
    [['devices', 'qua'], ['quarantine']],
    [
      ['--as', 'support', 'claims', 'c'],
      ['create', 'close'],
    ],
    [
      ['devices', 'list', '--l'],
      ['--line', '--limit'],
    ],
    [['devices', 'list', '--line', 'sensor', '--l'], ['--limit']],
    [
      ['devices', 'list', '--line', ''],
      ['sensor', 'gateway'],
    ],
    [['devices', 'list', '--line=g'], ['--line=gateway']],
    [['devices', 'list', '--line', '=', 'g'], ['gateway']],
    [['devices', 'list', '--tenant', ''], ['acme']],
    [['devices', 'list', '--state', 'pe'], ['pending']],
    [['--as', 'pl'], ['plant-7']],
    [['devices', 'show', 'SN-1', '--a'], ['--as']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['devices', 'import', ''], []],
    [['devices', 'import', '--', '--l'], []],
    [['nothing', 'that', 'there', 'is', ''], []],
  ])('after %j is %j', async (words, expected) => {
    expect((await complete(...words)).toSorted()).toEqual(expected.toSorted());
  });

  test('is known without a configuration that can be read, but for the names in it', async () => {
    const terminal = recordedTerminal();
    const context = {
      terminal,
      client: nobody,
      fieldClaims: nobody,
      account: nobody,
      history: nobody,
      deadLetters: nobody,
      domains: nobody,
      configuration: nobody,
      commandLine: () => '',
      setExitCode: nothing,
      untilInterrupted: nobody,
    };
    const program = new Command('muster').addCommand(completionCommand(context));
    await program.addCommand(completeCommand(context, () => program)).parseAsync(['complete', 'compl'], { from: 'user' });
    expect(terminal.output).toEqual([expect.stringMatching(/^completion\tPrints/), 'complete\t']);
  });
});

/** A shell as somebody uses it: `muster` is on its path, and it has loaded what `muster completion` prints. */
const root = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-completion-'));
  symlinkSync(join(root, 'cli/main.ts'), join(folder, 'muster'));
  symlinkSync(process.execPath, join(folder, 'node'));
  writeFileSync(join(folder, 'muster.config.json'), JSON.stringify({ lines: [{ name: 'kettle' }] }));
  writeFileSync(join(folder, 'batch.csv'), '');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const asked: Readonly<Record<Shell, (words: readonly string[]) => string>> = {
  bash: (words) =>
    [
      'source <(muster completion bash)',
      `COMP_WORDS=(muster ${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${String(words.length)}`,
      '_muster_complete',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n'),
  zsh: (words) =>
    [
      'autoload -U compinit && compinit -u',
      'source <(muster completion zsh)',
      '_describe() { printf "%s\\n" "${described[@]%%:*}" }',
      '_files() { print -l *(.N) }',
      `words=(muster ${words.map((word) => `'${word}'`).join(' ')}) CURRENT=${String(words.length + 1)}`,
      '_muster',
    ].join('\n'),
  fish: (words) => `muster completion fish | source; complete -C 'muster ${words.join(' ')}' | cut -f1`,
};

const completesIn = (shell: 'bash' | 'zsh' | 'fish') => (): void => {
  const ask = (...words: readonly string[]): readonly string[] =>
    execFileSync(shell, [...(shell === 'bash' ? ['--norc', '--noprofile'] : []), '-c', asked[shell](words)], {
      cwd: folder,
      env: { PATH: `${folder}:${dirname('/usr/bin/env')}:/bin`, HOME: folder, MUSTER_CONFIG: join(folder, 'muster.config.json') },
      encoding: 'utf8',
    })
      .split('\n')
      .filter((line) => line !== '');

  test('completes commands, options and names of the configuration', () => {
    expect(ask('devi')).toEqual(['devices']);
    expect(ask('devices', 'list', '--lim')).toEqual(['--limit']);
    expect(ask('devices', 'list', '--line', '')).toEqual(['kettle']);
  });

  test('says nothing of its own where a file may stand', () => {
    expect(ask('devices', 'import', 'bat')).toEqual(shell === 'bash' ? [] : ['batch.csv']);
  });
};

for (const shell of ['bash', 'zsh', 'fish'] as const) describeWhereInstalled(shell, shell, completesIn(shell));

test('bash offers files where the program has nothing to say', () => {
  const { stdout } = spawnSync('bash', ['--norc', '-c', 'source <(muster completion bash); complete -p muster'], {
    cwd: folder,
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder },
    encoding: 'utf8',
  });
  expect(stdout.trim()).toBe('complete -o bashdefault -o default -F _muster_complete muster');
});
