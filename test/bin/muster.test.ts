import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'muster-bin-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly code: number;
  readonly stderr: string;
  readonly isSynthesized: boolean;
}

/** Runs the app as the CDK CLI does, without bundling. */
const run = (name: string, configuration: string): Promise<Run> => {
  const file = join(folder, `${name}.json`);
  const outdir = join(folder, `${name}.out`);
  writeFileSync(file, configuration);
  const env = {
    ...process.env,
    MUSTER_CONFIG: file,
    CDK_OUTDIR: outdir,
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['bin/muster.ts'], { cwd: root, env }, (error, _stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stderr, isSynthesized: existsSync(join(outdir, 'manifest.json')) });
    });
  });
};

describe('The app', () => {
  test('synthesizes both stacks of a configuration', async () => {
    expect(await run('good', '{ "prefix": "fleet" }')).toMatchObject({ code: 0, isSynthesized: true });
    expect(existsSync(join(folder, 'good.out', 'FleetOnboarding.template.json'))).toBe(true);
    expect(existsSync(join(folder, 'good.out', 'FleetData.template.json'))).toBe(true);
  });

  test('fails on a mistake in it: what, got, allowed, fix, no stack trace, and nothing to deploy', async () => {
    const { code, stderr, isSynthesized } = await run('mistake', '{ "prefix": "My Fleet", "linse": [] }');
    expect({ code, isSynthesized }).toEqual({ code: 1, isSynthesized: false });
    expect(stderr).toContain('prefix: got "My Fleet"; allowed is text that matches');
    expect(stderr).toContain('got "linse"; allowed is only settings that exist; fix: remove it');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('fails on a file that is not JSON', async () => {
    const { code, stderr } = await run('broken', '{ prefix: fleet }');
    expect(code).toBe(1);
    expect(stderr).toMatch(/broken\.json: got text that is not JSON .*; allowed is a JSON file; fix: mend the file/);
  });
});
