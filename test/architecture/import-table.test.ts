import { execFileSync } from 'node:child_process';
import { cruiseCommand, readReport, ruledFolders } from './import-rules.ts';
import { root } from './source-tree.ts';

describe('The import table', () => {
  const report = readReport(
    execFileSync(process.execPath, cruiseCommand(ruledFolders(root)), {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );

  test('was checked over the whole tree', () => {
    expect(report.modules).toBeGreaterThan(100);
  });

  test('holds: nobody imports what their folder may not', () => {
    expect(report.violations).toEqual([]);
  });
});
