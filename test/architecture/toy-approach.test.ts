import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { cruiseCommand, readReport } from './import-rules.ts';
import { naming, plugs } from './toy-approach/insertions.ts';
import { type TreeCopy, copyTree } from './toy-approach/tree-copy.ts';

const fixture = join(import.meta.dirname, 'toy-approach/fixture');
const MAX_ENTRY_LINES = 40;

// The compiler reads everything, twice, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const fixtureFiles = readdirSync(fixture, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(fixture.length + 1));

const typeCheck = (tree: TreeCopy) => tree.run(['node_modules/typescript-7/bin/tsc', '-p', '.', '--pretty', 'false']);

const filesNamed = (compilerOutput: string): string[] => [
  ...new Set([...compilerOutput.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file]) => file ?? '')),
];

/** A fourth approach without a certificate: a signature that a custom authorizer judges, on a copy of the tree. */
describe('A new approach', () => {
  const tree = copyTree();
  afterAll(() => {
    tree.remove();
  });

  test('is one folder, and one entry of at most 40 lines', () => {
    const folders = new Set(fixtureFiles.map((file) => file.split('/').slice(0, 2).join('/')));
    expect([...folders].sort()).toEqual(['approaches/toy', 'lambdas/toy-authorizer', 'test/approaches']);
    const entry = readFileSync(join(fixture, 'lambdas/toy-authorizer/handler.ts'), 'utf8');
    expect(entry.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_ENTRY_LINES);
  });

  test('that is named but not plugged in stops each program from compiling', async () => {
    tree.add(fixture);
    tree.insert(naming);
    const { code, output } = await typeCheck(tree);
    expect(code).not.toBe(0);
    expect(filesNamed(output).sort()).toEqual(plugs.map(({ compiledIn }) => compiledIn).sort());
    expect(output).toContain("Property 'toy' is missing");
  });

  describe('that is plugged in with one line per program', () => {
    beforeAll(() => {
      for (const plug of plugs) tree.insert(plug);
    });

    test('changes nothing else: not what onboarding means, nor the infrastructure', () => {
      const changes = tree.changes();
      expect(Object.keys(changes).sort()).toEqual([...fixtureFiles, naming.file, ...plugs.map(({ file }) => file)].sort());
      for (const { file } of [naming, ...plugs]) expect([file, changes[file]]).toEqual([file, 1]);
    });

    test('passes the type check', async () => {
      expect(await typeCheck(tree)).toEqual({ code: 0, output: '' });
    });

    test('keeps the import rules', async () => {
      const { output } = await tree.run(cruiseCommand(Object.keys(tree.changes()).filter((file) => !file.startsWith('test/'))));
      expect(readReport(output).violations).toEqual([]);
    });

    test('is deployed for the lines that use it', async () => {
      tree.write('toy.config.json', JSON.stringify({ lines: [{ name: 'sensor' }, { name: 'toy-car', approaches: ['toy', 'pki'] }] }));
      const { code, output } = await tree.run(['bin/muster.ts'], {
        MUSTER_CONFIG: 'toy.config.json',
        CDK_OUTDIR: join(tree.folder, 'cdk.out'),
        CDK_VALIDATION: 'false',
        CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }),
      });
      expect({ code, output }).toEqual({ code: 0, output: '' });
      const template = readFileSync(join(tree.folder, 'cdk.out/MusterOnboarding.template.json'), 'utf8');
      expect(template.match(/"Type": ?"AWS::IoT::Authorizer"/g)).toHaveLength(1);
    });

    test('does what every approach does', async () => {
      const { code, output } = await tree.run(
        ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--json', 'test/approaches/approaches.test.ts'],
        { NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
      );
      expect({ code, toy: output.includes('The approach toy accepts what a device proves') }).toEqual({ code: 0, toy: true });
    });

    test('has its devices connect with a credential file, and `muster-device` says that one is missing', async () => {
      const { code, output } = await tree.run([
        'device/cli.ts',
        '--serial',
        'T-1',
        '--approach',
        'toy',
        '--state',
        join(tree.folder, 'state'),
      ]);
      expect(code).toBe(78);
      expect(output).toContain('prove themselves whenever they connect; expected --credential-file');
    });
  });
});
