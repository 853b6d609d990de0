// Runs every suite and closes with one line that says how many tests passed and failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
const report = join(folder, 'jest.json');
const root = join(import.meta.dirname, '..');

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    ...['--json', `--outputFile=${report}`, ...process.argv.slice(2)],
  ],
  // CDK's own validation runs in every synth; repeating it in each unit test would triple their time.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CDK_VALIDATION: 'false' } },
);

const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = JSON.parse(
  readFileSync(report, 'utf8'),
) as Record<string, number>;
rmSync(folder, { recursive: true });
if (numRuntimeErrorTestSuites !== 0)
  process.stdout.write(`${String(numRuntimeErrorTestSuites)} of ${String(numFailedTestSuites)} failed suites could not run\n`);
process.stdout.write(`${String(numPassedTests)} passed, ${String(numFailedTests)} failed\n`);
process.exitCode = status ?? 1;
