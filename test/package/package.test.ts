import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCdk } from '../e2e/run-cdk.ts';
import { installPackage, type InstalledPackage, lend, packagesIn, root, runIn, startCommand } from './installed-package.ts';

const minuteMs = 60_000;

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage();
}, 2 * minuteMs);
afterAll(() => installed.remove());

describe('The package of the local AWS', () => {
  test('is one bundle with small programs around it, and brings no other package along', async () => {
    const programs = installed.files.filter((name) => name.endsWith('.js'));
    expect(programs.sort()).toEqual([
      'dist/cli.js',
      'dist/index.js',
      'dist/jest-environment.js',
      'dist/thread-main.js',
      'dist/worker-main.js',
    ]);
    expect(installed.files).toEqual(
      expect.arrayContaining(['dist/README.md', 'dist/SUPPORT.md', 'dist/ASSUMPTIONS.md', 'types/index.d.ts']),
    );
    expect(await packagesIn(installed.folder)).toEqual(['muster-local-aws']);
  });

  test(
    'starts from its command, and a CDK app that is not ours is deployed to it',
    async () => {
      const local = await startCommand(installed.folder);
      try {
        const project = { folder: installed.folder, app: join(root, 'test/package/foreign-app.ts'), environment: local.environment };
        expect(await runCdk(project, 'bootstrap')).toMatchObject({ exitCode: 0 });
        expect(await runCdk(project, 'deploy', '--require-approval', 'never')).toMatchObject({ exitCode: 0 });
        const client = {
          endpoint: local.environment['AWS_ENDPOINT_URL'] ?? '',
          region: local.environment['AWS_REGION'] ?? '',
          credentials: {
            accessKeyId: local.environment['AWS_ACCESS_KEY_ID'] ?? '',
            secretAccessKey: local.environment['AWS_SECRET_ACCESS_KEY'] ?? '',
          },
        };
        const { Stacks } = await new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName: 'Greenhouse' }));
        expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
        const reader = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ReaderName')?.OutputValue ?? '';
        const answer = await new LambdaClient(client).send(new InvokeCommand({ FunctionName: reader, Payload: '{"celsius":21}' }));
        expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ celsius: 21 });
      } finally {
        expect(await local.stop()).toBe(0);
      }
    },
    2 * minuteMs,
  );

  test('starts from a program, which may set its clock, reset it and export it', async () => {
    const program = join(installed.folder, 'program.js');
    await writeFile(
      program,
      `import { ManualClock, startLocalAws } from 'muster-local-aws';
       const clock = new ManualClock(Date.UTC(2030, 0, 1));
       const aws = await startLocalAws({ clock, accountId: '111122223333' });
       clock.advance(1000);
       await aws.reset();
       console.log(JSON.stringify({ now: aws.clock.now(), accounts: Object.keys(await aws.export()) }));
       await aws.stop();`,
    );
    expect(JSON.parse(await runIn(installed.folder, [program]))).toEqual({ now: Date.UTC(2030, 0, 1) + 1000, accounts: ['111122223333'] });
  });

  test(
    'is a Jest environment, too',
    async () => {
      await lend(installed.folder, 'jest-environment-node');
      await writeFile(
        join(installed.folder, 'sees.test.js'),
        `test('sees a local AWS of its own', async () => {
           const response = await fetch(\`\${localAws.endpoint}/_local/health\`);
           expect((await response.json()).status).toBe('running');
           expect(process.env.AWS_ENDPOINT_URL).toBe(localAws.endpoint);
         });`,
      );
      const config = { testEnvironment: 'muster-local-aws/jest-environment', rootDir: installed.folder, transform: {} };
      const args = ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js'), '--config', JSON.stringify(config)];
      expect(await runIn(installed.folder, args)).toContain('1 passed, 1 total');
    },
    minuteMs,
  );

  test('tells TypeScript what it has', async () => {
    const typed = join(installed.folder, 'typed.ts');
    await writeFile(
      typed,
      `import { startLocalAws, type LocalAws } from 'muster-local-aws';
       const aws: LocalAws = await startLocalAws({ region: 'eu-west-1' });
       const port: number = aws.mqtt.port;
       await aws.stop();
       export { port };`,
    );
    const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--ignoreConfig'];
    await expect(runIn(installed.folder, [compiler, ...options, typed])).resolves.toBe('');
  });
});
