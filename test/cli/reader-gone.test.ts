import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const main = join(import.meta.dirname, '../../cli/main.ts');

test('muster ends without a word when nobody reads its output any more', async () => {
  const muster = spawn(process.execPath, [main, 'audit', 'export', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  muster.stdout.destroy();
  const [said] = await Promise.all([text(muster.stderr), once(muster, 'close')]);
  expect({ said, code: muster.exitCode }).toEqual({ said: '', code: 141 });
});
