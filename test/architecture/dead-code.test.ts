import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './source-tree.ts';

describe('Dead code', () => {
  test('there is none: no file, export or dependency that nobody uses', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/knip/bin/knip.js'), '--reporter', 'compact', '--no-config-hints'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
