import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './source-tree.ts';

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly totalCruised: number;
  };
}

const folders = ['bin', 'lib', 'lambdas', 'approaches', 'domain', 'aws', 'device', 'cli', 'local', 'demo', 'bench', 'examples'];

const cruise = (): Report =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--output-type',
        'json',
        ...folders.filter((folder) => existsSync(join(root, folder))),
      ],
      { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  ) as Report;

describe('The import table', () => {
  const { summary } = cruise();

  test('was checked over the whole tree', () => {
    expect(summary.totalCruised).toBeGreaterThan(100);
  });

  test('holds: nobody imports what their folder may not', () => {
    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});
