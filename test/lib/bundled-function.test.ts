import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Duration, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BundledFunction } from '../../lib/bundled-function.ts';
import { testApp } from '../setup/app.ts';

// What a shell, a command line or a string might take for something else.
const settings = [{ name: 'pump', allocation: [{ when: { note: [`$(id) \`id\` "quoted" 'too' \\ %PATH% ünïcode\n`] } }] }];

/** The code of the one function of a stack, as it would be uploaded. */
const bundled = (constants: Readonly<Record<string, string>>): string => {
  const app = testApp({ 'aws:cdk:bundling-stacks': ['Bundled'] });
  const stack = new Stack(app, 'Bundled');
  new BundledFunction(stack, 'Function', {
    name: 'pre-provisioning-hook',
    description: 'A function.',
    environment: {},
    constants,
    memorySizeMiB: 128,
    timeout: Duration.seconds(1),
    logGroup: new LogGroup(stack, 'Log'),
    reservedConcurrency: undefined,
  });
  const [asset = ''] = readdirSync(app.outdir).filter((name) => name.startsWith('asset.'));
  return readFileSync(join(app.outdir, asset, 'index.mjs'), 'utf8');
};

describe('The constants of a function', () => {
  const text = JSON.stringify(settings);
  const code = bundled({ LINE_SETTINGS: text });

  test('stand at the head of its code, letter by letter, and win over a variable of the name', () => {
    const env: Record<string, string> = { LINE_SETTINGS: 'of the function' };
    const [head = ''] = code.split('\n');
    runInNewContext(head, { process: { env } });
    expect(env).toEqual({ LINE_SETTINGS: text });
  });
});
