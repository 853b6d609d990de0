import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { type LocalAws, startLocalAws } from '../../../local/main.ts';
import { keys, onTerminal, type Person } from '../../builders/pseudo-terminal.ts';
import { describeWhereInstalled } from '../../setup/describe-where-installed.ts';

let directory: string;
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-terminal-'));
});
afterEach(() => rm(directory, { recursive: true }));

const here = () => ({ directory, environment: { ...aws.environment } });

describeWhereInstalled('script', 'At a terminal, muster init', () => {
  const answer = async (person: Person): Promise<void> => {
    await person.sees('begin with?');
    person.types(`fleet${keys.enter}`);
    await person.sees('product line');
    person.types(keys.enter);
    await person.sees('belong to');
    person.types(`globex${keys.enter}`);
    await person.sees('prove at the least');
    person.types(`${keys.up}${keys.enter}`);
    await person.sees('alarms?');
    person.types(keys.enter);
  };

  test.each([100, 36])('asks, and writes what was answered, %i characters wide', async (columns) => {
    const { code, text } = await onTerminal(['init'], { ...here(), columns }, answer);
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('Wrote muster.config.json.') as string });
    expect(JSON.parse(await readFile(join(directory, 'muster.config.json'), 'utf8'))).toMatchObject({
      prefix: 'fleet',
      lines: [{ name: 'sensor', attestation: 'device-secret' }],
      tenants: [{ name: 'globex' }],
    });
  });

  test('says at once what is wrong with an answer, and asks again', async () => {
    const { code, text } = await onTerminal(
      ['init', '--line', 'lamp', '--tenant', 'acme', '--attestation', 'pinned-key', '--email', 'a@example.com'],
      here(),
      async (person) => {
        await person.sees('begin with?');
        person.types(`Fleet${keys.enter}`);
        await person.sees('Allowed is text that matches');
        person.types(`${keys.backspace.repeat(5)}fleet${keys.enter}`);
      },
    );
    expect({ code, text }).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(join(directory, 'muster.config.json'), 'utf8'))).toMatchObject({ prefix: 'fleet' });
  });

  test('writes nothing when it is interrupted, and ends with 130', async () => {
    const { code, text } = await onTerminal(['init'], here(), async (person) => {
      await person.sees('begin with?');
      person.types(keys.controlC);
    });
    expect({ code, text }).toMatchObject({ code: 130, text: expect.stringContaining('Nothing was changed.') as string });
    expect(await readdir(directory)).toEqual([]);
  });
});

describeWhereInstalled('script', 'At a terminal, muster devices revoke', () => {
  const revoke = ['devices', 'revoke', 'SN-1', '--reason', 'stolen'];
  const answering = (typed: string) => async (person: Person) => {
    await person.sees('Revoke device "SN-1" for good?');
    person.types(typed);
  };

  test.each([
    ['no', keys.enter, 1],
    ['Ctrl-C', keys.controlC, 130],
  ])('changes nothing when the answer is %s', async (_, typed, expected) => {
    const { code, text } = await onTerminal(revoke, here(), answering(typed));
    expect({ code, text }).toMatchObject({ code: expected, text: expect.stringContaining('Nothing was changed.') as string });
  });

  test('goes on when the answer is yes', async () => {
    const { code, text } = await onTerminal(revoke, here(), answering('y'));
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringContaining('The stack "MusterOperations" is not usable') as string,
    });
  });

  test('does not ask when it is told not to', async () => {
    const { text } = await onTerminal([...revoke, '--yes'], here());
    expect(text).not.toContain('for good?');
  });
});

describeWhereInstalled('script', 'At a terminal, colours', () => {
  // Select Graphic Rendition, ECMA-48 8.3.117.
  const coloured = new RegExp(`${keys.escape}\\[3[0-9]m`);

  test('are there', async () => {
    expect((await onTerminal(['doctor', '--before'], here())).raw).toMatch(coloured);
  });

  test('are not there against NO_COLOR', async () => {
    const environment = { ...aws.environment, NO_COLOR: '1' };
    const { raw, code } = await onTerminal(['doctor', '--before'], { directory, environment });
    expect({ code, isColoured: coloured.test(raw) }).toEqual({ code: 1, isColoured: false });
  });
});

describe('Where nobody can be asked, muster', () => {
  const run = async (...parameters: readonly string[]) => {
    // Not spawnSync: the local AWS answers in this process.
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../cli/main.ts'), ...parameters], {
      ...{ cwd: directory, env: { ...aws.environment }, timeout: 20_000 },
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.end('y\n');
    const [stdout, stderr] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
    return { status: await ended, stdout, stderr };
  };

  test('revokes nothing, and says what to give', async () => {
    const { status, stderr } = await run('devices', 'revoke', 'SN-1', '--reason', 'stolen');
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'Revoke device "SN-1" for good? Nobody can be asked here: say --yes.\n' });
  });

  test('begins no configuration, and says what to give', async () => {
    const { status, stderr } = await run('init');
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('give --prefix, --line, --tenant') as string });
    expect(await readdir(directory)).toEqual([]);
  });

  test('prints no colours', async () => {
    expect((await run('doctor', '--before')).stdout).not.toContain(keys.escape);
  });
});
