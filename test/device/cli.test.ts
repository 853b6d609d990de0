import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../device/cli.ts');

const run = (...parameters: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly error: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...parameters], { env: {} });
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    child.on('close', (code) => {
      resolve({ code, out, error });
    });
  });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-device-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe('muster-device', () => {
  test('explains itself, with its exit codes', async () => {
    const { code, out } = await run('onboard', '--help');
    expect(code).toBe(0);
    expect(out).toContain('0 onboarded, 75 try again, 77 refused or not approved in time, 78 bad local set-up');
  });

  test('ends with 78 when an option is missing or unknown', async () => {
    expect(await run('onboard')).toMatchObject({ code: 78 });
    expect(await run('onboard', '--serial', 'x', '--bogus')).toMatchObject({ code: 78 });
  });

  test('ends with 78 and one JSON object when the set-up is not usable', async () => {
    const state = join(directory, 'a');
    const { code, out } = await run('onboard', '--serial', ' x', '--timeout', 'soon', '--state', state, '--json');
    expect(code).toBe(78);
    const result: unknown = JSON.parse(out);
    expect(result).toMatchObject({ outcome: 'bad-setup' });
    expect(out).toContain('--serial');
    expect(out).toContain('--timeout');
  });

  test('ends with 78 and names the file when the claim is missing', async () => {
    const claim = join(directory, 'missing.claim.json');
    const { code, error, out } = await run('onboard', '--serial', 'SN-1', '--claim', claim, '--state', join(directory, 'b'));
    expect(code).toBe(78);
    expect(error).toContain(claim);
    expect(out).toBe('');
  });

  test('explains how to stay connected, and asks for what that takes', async () => {
    const { code, out } = await run('stay', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--subscribe <filter>');
    expect(await run('stay')).toMatchObject({ code: 78 });
  });

  test('explains how another credential is fetched, and ends with 78 for a device that has none', async () => {
    const { code, out } = await run('rotate', '--help');
    expect(code).toBe(0);
    expect(out).toContain('75 try again, 77 refused, 78 bad local set-up');
    const state = join(directory, 'never-onboarded');
    const ended = await run('rotate', '--state', state, '--json');
    expect(ended).toMatchObject({ code: 78, out: expect.stringContaining('"outcome":"bad-setup"') as unknown });
    expect(ended.error).toContain(state);
  });

  test('ends with 78 where options of a claim come with a credential file, or a credential file is missing', async () => {
    const credential = join(directory, 'missing.json');
    const state = join(directory, 'd');
    const mixed = await run('onboard', '--credential-file', credential, '--claim', 'x', '--line', 'meter', '--state', state);
    expect(mixed).toMatchObject({ code: 78, error: expect.stringContaining('--claim: is for devices that come in by claim') as unknown });
    for (const command of ['onboard', 'stay']) {
      const { code, error } = await run(command, '--credential-file', credential, '--state', state);
      expect({ code, isNamed: error.includes(credential) }).toEqual({ code: 78, isNamed: true });
    }
    expect(await run('onboard', '--approach', 'psk')).toMatchObject({
      code: 78,
      error: expect.stringContaining('expected --credential-file') as unknown,
    });
  });

  test('repeats no secret of a credential file that is of no use', async () => {
    const credential = join(directory, 'bad.json');
    const secret = { keys: [{ version: 1, key: 'hush-hush' }] };
    await writeFile(
      credential,
      JSON.stringify({ schemaVersion: 1, approach: 'psk', thingName: 'muster:meter:SN-1', endpoint: 'e', secret }),
      {
        mode: 0o600,
      },
    );
    const { code, out, error } = await run('onboard', '--credential-file', credential, '--state', join(directory, 'e'), '--json');
    expect(code).toBe(78);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'bad-setup' });
    expect(out + error).not.toContain('hush-hush');
  });

  test('ends with 78 when the roots are no certificates', async () => {
    const { code, error } = await run('onboard', '--serial', 'SN-1', '--ca', cli, '--state', join(directory, 'c'));
    expect(code).toBe(78);
    expect(error).toContain('holds no certificates');
  });
});
