import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describeDeployment } from '../../aws/cloudformation/deployment.ts';
import { readConfiguration } from '../../cli/read-configuration.ts';
import type { OperatorRole } from '../../domain/operator-scope.ts';
import { aManufacturer, signDetached } from '../builders/manufacturer.ts';
import { crashImport, type CrashWorld } from '../crash/crash-import.ts';
import { faultsOf } from '../crash/faults-of.ts';
import { onTerminal } from '../builders/pseudo-terminal.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { describeWhereInstalled } from '../setup/describe-where-installed.ts';
import { aUser } from './drivers/principals.ts';
import { Program, runProgram } from './drivers/program.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const shared = useSharedEnvironment();
const dynamoDb = new DynamoDBClient();
let directory: string;
let world: CrashWorld;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-import-e2e-'));
  const { tableName } = await describeDeployment(new CloudFormationClient(), 'muster');
  world = { environment: shared.environment, directory, dynamoDb, tableName };
});

afterAll(async () => {
  dynamoDb.destroy();
  await rm(directory, { recursive: true });
});

const start = (...parameters: readonly string[]) => ({ script: 'cli/main.ts', parameters, environment: shared.environment, directory });
const muster = (...parameters: readonly string[]) => runProgram(start(...parameters));

const run = (environment: Readonly<Record<string, string>>, ...parameters: readonly string[]) =>
  runProgram({ ...start(...parameters), environment });

describe('muster devices import, against what is deployed', () => {
  test('ends with exactly the rows of the file when it is killed at 20 moments (seed 4)', async () => {
    const report = await crashImport(world, { name: 'CRASH-E2E', rows: 6000, kills: 20, random: seededRandom(4) });
    expect(faultsOf(report, 6000)).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(15);
  }, 240_000);

  test('finishes what is on the way at Ctrl-C, and goes on from there', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `CTRL-C-${index},sensor,acme`);
    await writeFile(join(directory, 'ctrl-c.csv'), ['serial,line,tenant', ...rows].join('\n'));
    const running = new Program(start('devices', 'import', 'ctrl-c.csv', '--unsigned', '--json'));
    await running.printed('"outcome":"created"');
    const { code, out } = await running.interrupt();
    expect(code).toBe(130);
    expect(out).toContain('"isComplete":false');
    const again = await muster('devices', 'import', 'ctrl-c.csv', '--unsigned');
    expect(again).toMatchObject({ code: 0 });
    expect(again.error).toContain('Going on after');
    expect(again.out).toContain('20000 rows = 20000 created + 0 unchanged');
  }, 120_000);

  test('imports what a manufacturer signed whom two roles registered, for the lines of the key, and nothing that was changed since', async () => {
    const maker = aManufacturer({ name: 'e2e-works' });
    const configuration = await readConfiguration(process.env);
    const as = async (role: OperatorRole) => (await aUser({ shared, configuration }, role)).environment;
    const [operator, security, factory] = [await as('operator'), await as('security'), await as('factory')];
    await writeFile(join(directory, 'key.jwk'), JSON.stringify(maker.key.jwk));
    const add = ['manufacturers', 'add', 'e2e-works', '--key', 'key.jwk', '--line', 'sensor', '--until', '2040-01-01'];
    const text = 'serial,line,tenant\nSIGNED-1,sensor,acme\nSIGNED-2,gateway,acme\n';
    await writeFile(join(directory, 'signed.csv'), text);
    await writeFile(join(directory, 'signed.csv.jws'), signDetached(maker, text));
    expect(await run(operator, ...add)).toMatchObject({ code: 3 });
    expect((await run(factory, 'devices', 'import', 'signed.csv')).error).toContain('nobody registered');
    expect(await run(security, ...add)).toMatchObject({ code: 0 });
    const imported = await run(factory, 'devices', 'import', 'signed.csv');
    expect(imported.out).toContain('2 rows = 1 created + 0 unchanged + 0 conflicting + 1 refused.');
    expect(imported.error).toContain('signed by e2e-works');
    await writeFile(join(directory, 'signed.csv'), text.replace('SIGNED-1', 'SIGNED-9'));
    expect((await run(factory, 'devices', 'import', 'signed.csv')).error).toContain('is not what "e2e-works" signed');
    expect((await run(factory, 'devices', 'import', 'ctrl-c.csv', '--unsigned')).error).toContain('imports signed manifests only');
    expect(await run(operator, 'manufacturers', 'remove', 'e2e-works', '--key', maker.key.kid)).toMatchObject({ code: 0 });
  }, 120_000);
});

describeWhereInstalled('script', 'muster devices import, at a terminal', () => {
  test('shows how far it is, and leaves the summary', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `AT-A-TERMINAL-${index},sensor,acme`);
    await writeFile(join(directory, 'shown.csv'), ['serial,line,tenant', ...rows].join('\n'));
    const environment = { ...shared.environment };
    const { code, text } = await onTerminal(['devices', 'import', 'shown.csv', '--unsigned'], { directory, environment });
    expect(code).toBe(0);
    expect(text).toMatch(/\d+% \| \d+\/3000 rows/);
    expect(text).toContain('3000 rows = 3000 created + 0 unchanged');
  }, 60_000);
});
