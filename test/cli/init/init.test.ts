import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approachNames } from '../../../approaches/index.ts';
import { askNewcomer } from '../../../cli/init/ask-newcomer.ts';
import { strongAttestations } from '../../../cli/init/new-configuration.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { recordedTerminal } from '../../fakes/recorded-terminal.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-init-'));
  file = join(folder, 'muster.config.json');
});
afterEach(() => rm(folder, { recursive: true }));

const init = (...parameters: readonly string[]) => runMuster({}, 'init', '--out', file, ...parameters);
const written = async (path = file): Promise<unknown> => JSON.parse(await readFile(path, 'utf8')) as unknown;

describe('muster init', () => {
  test('writes a configuration that is accepted, with what is usual, and says what comes next', async () => {
    const { output } = await init('--yes');
    const { prefix, lines, tenants } = parseConfiguration(await written(), approachNames);
    expect({ prefix, lines: lines.map(({ name, attestation }) => [name, attestation]), tenants: tenants.map(({ name }) => name) }).toEqual({
      prefix: 'muster',
      lines: [['sensor', 'pinned-key']],
      tenants: ['acme'],
    });
    expect(output.join('\n')).toMatch(/MUSTER_CONFIG=.*cdk bootstrap.*muster doctor.*cdk deploy --all/s);
  });

  test.each(Object.keys(strongAttestations))('writes what it is given, and nothing weaker than %s for that', async (attestation) => {
    const given = ['--prefix', 'fleet', '--line', 'lamp', '--tenant', 'globex', '--attestation', attestation, '--email', 'a@example.com'];
    await init(...given);
    expect(parseConfiguration(await written(), approachNames)).toMatchObject({
      prefix: 'fleet',
      topicPrefix: 'fleet',
      lines: [{ name: 'lamp', attestation }],
      tenants: [{ name: 'globex' }],
      alarms: { email: 'a@example.com' },
    });
  });

  test('leaves a file alone that is there, whatever is in it', async () => {
    await writeFile(file, 'mine');
    await expect(init('--yes')).rejects.toThrow(/is there already and stays as it is.*--force/);
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['muster.config.json']);
  });

  test('keeps every file that it is told to write over', async () => {
    await writeFile(file, 'first');
    await init('--yes', '--force');
    await init('--yes', '--force', '--line', 'second');
    expect((await readdir(folder)).toSorted()).toEqual(['muster.config.json', 'muster.config.json.1.bak', 'muster.config.json.2.bak']);
    expect(await readFile(`${file}.1.bak`, 'utf8')).toBe('first');
    expect(await written()).toMatchObject({ lines: [{ name: 'second' }] });
  });

  test('writes nothing in a dry run, and shows what it would write', async () => {
    const { output } = await init('--yes', '--dry-run');
    expect(output.join('\n')).toContain('"attestation": "pinned-key"');
    expect(await readdir(folder)).toEqual([]);
  });

  test('prints one JSON object for programs', async () => {
    const { output } = await init('--yes', '--json');
    expect(JSON.parse(output.join('\n'))).toMatchObject({ file, isDryRun: false, configuration: { prefix: 'muster' } });
  });

  test.each([
    [['--prefix', 'Muster'], /^prefix: got "Muster"; allowed is /],
    [['--line', 'a/b'], /^lines.0.name: got "a\/b"/],
    [['--email', 'nobody'], /^alarms.email: got "nobody"/],
    [['--prefix', 'sixteen-letters-', '--line', 'and-twenty-more-than-fit'], /36 characters in a template name/],
  ])('refuses %j before it writes anything', async (given, said) => {
    await expect(init('--yes', ...given)).rejects.toThrow(said);
    expect(await readdir(folder)).toEqual([]);
  });

  test('refuses to begin with a line whose devices prove nothing', async () => {
    await expect(init('--yes', '--attestation', 'serial-only')).rejects.toThrow('Allowed choices are');
  });

  test('says which flags to give where nobody can be asked', async () => {
    await expect(init('--line', 'lamp')).rejects.toThrow('Nobody can be asked here: give --prefix, --tenant, --attestation, or --yes');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('Whoever can be asked', () => {
  const answering = (texts: readonly string[], choice: string) => {
    const left = [...texts];
    const refusals: (string | undefined)[] = [];
    const text = ({ otherwise, mistakeIn }: { readonly otherwise: string; readonly mistakeIn: (answer: string) => string | undefined }) => {
      const answer = left.shift() ?? '';
      refusals.push(mistakeIn(answer === '' ? otherwise : answer));
      return Promise.resolve(answer === '' ? otherwise : answer);
    };
    return { terminal: { ...recordedTerminal(), ask: { text, choice: () => Promise.resolve(choice) } }, refusals };
  };

  test('is asked for what was not given, and for nothing else', async () => {
    const { terminal, refusals } = answering(['', 'globex', ''], 'device-secret');
    const answers = await askNewcomer({ terminal }, { line: 'lamp' }, false);
    expect(answers).toEqual({ prefix: 'muster', line: 'lamp', tenant: 'globex', attestation: 'device-secret', email: '' });
    expect(refusals).toEqual([undefined, undefined, undefined]);
  });

  test('hears at once what is wrong with an answer', async () => {
    const { terminal, refusals } = answering(['Muster'], 'device-secret');
    await askNewcomer({ terminal }, { line: 'lamp', tenant: 'acme', email: '' }, false);
    expect(refusals).toEqual([expect.stringMatching(/^Allowed is text that matches/)]);
  });
});
