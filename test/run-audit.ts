// Runs the suite of the audit pipeline with as many devices as are asked for: npm run test:audit -- --devices 3000
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { devices } = parseArgs({ options: { devices: { type: 'string', default: '3000' } } }).values;
const root = join(import.meta.dirname, '..');

const { status } = spawnSync(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules/jest/bin/jest.js')],
    ...['--selectProjects', 'e2e', '--testPathPatterns', 'test/e2e/audit-pipeline'],
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CDK_VALIDATION: 'false', MUSTER_AUDIT_DEVICES: devices } },
);
process.exitCode = status ?? 1;
