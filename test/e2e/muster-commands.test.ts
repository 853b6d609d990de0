import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeCertificateCommand, IoTClient } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { describeDeployment } from '../../aws/deployment.ts';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { eventually } from '../../demo/eventually.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const root = join(import.meta.dirname, '../..');
const shared = useSharedEnvironment();
const iot = new IoTClient();
const logs = new CloudWatchLogsClient();
const cloudFormation = new CloudFormationClient();
let directory: string;

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

const run = (program: 'cli/main.ts' | 'device/cli.ts', ...parameters: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, program), ...parameters], { env: { ...shared.environment }, cwd: directory });
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    child.on('close', (code) => {
      resolve({ code, out, error });
    });
  });

const muster = (...parameters: readonly string[]) => run('cli/main.ts', ...parameters);

const onboard = (serial: string, ...more: readonly string[]) =>
  run(
    ...(['device/cli.ts', 'onboard', '--serial', serial, '--claim', 'batch-cli.claim.json'] as const),
    ...['--ca', 'root.pem', '--state', `state-${serial}`, '--json', ...more],
  );

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-commands-'));
  await writeFile(join(directory, 'root.pem'), shared.rootCa);
  await writeFile(join(directory, 'devices.csv'), 'serial\nCLI-1\nCLI-2\nCLI-3\n');
  const imported = await muster('devices', 'import', 'devices.csv', '--line', 'sensor', '--tenant', 'acme');
  expect(imported).toMatchObject({ code: 0, out: '3 rows = 3 created + 0 unchanged + 0 conflicting + 0 refused.\n' });
  const claim = ['--line', 'sensor', '--name', 'batch-cli', '--quota', '10', '--expires', '1d', '--out', '.'];
  expect(await muster('claims', 'create', ...claim, '--endpoint', `localhost:${shared.mqtt.port}`)).toMatchObject({ code: 0, error: '' });
}, 60_000);

afterAll(async () => {
  for (const client of [iot, logs, cloudFormation]) client.destroy();
  await rm(directory, { recursive: true });
});

const claimSummary = z.object({ claim: z.object({ certificateId: z.string(), admitted: z.number() }) });

describe('The commands of an operator and of a device, on a deployment', () => {
  test.each([
    ['CLI-1', '5'],
    ['CLI-2', '3.1.1'],
  ])('bring in device %s over MQTT %s, and again at no cost', async (serial, version) => {
    const first = await onboard(serial, '--mqtt-version', version);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ outcome: 'onboarded', thingName: `muster:sensor:${serial}`, already: false });
    const again = await onboard(serial, '--mqtt-version', version);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ outcome: 'onboarded', already: true });
  });

  test('show a device as active once it was seen', async () => {
    const shown = await eventually('the activation of CLI-1', async () => {
      const { out } = await muster('devices', 'show', 'sensor', 'CLI-1', '--json');
      const record: unknown = JSON.parse(out);
      return z.parse(z.object({ state: z.string() }), record).state === 'active' ? record : undefined;
    });
    expect(shown).toMatchObject({ serialNumber: 'CLI-1', tenant: 'acme', countedAgainst: 'batch-cli', toRetire: [] });
  });

  test('refuse a serial that nobody enrolled, with 77', async () => {
    const { code, out } = await onboard('CLI-9');
    expect(code).toBe(77);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'refused', statusCode: 403 });
  });

  test('end with 1 and a way out when a device is unknown', async () => {
    const { code, out, error } = await muster('devices', 'show', 'sensor', 'CLI-9');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('muster devices import');
  });

  test('close a claim: its certificate is inactive, and no device comes in with it', async () => {
    const { code, out } = await muster('claims', 'close', 'batch-cli.claim.json', '--json');
    expect(code).toBe(0);
    const { claim } = z.parse(claimSummary, JSON.parse(out));
    expect(claim.admitted).toBe(2);
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId: claim.certificateId }));
    expect(certificateDescription?.status).toBe('INACTIVE');
    expect(await onboard('CLI-3', '--timeout', '2s')).toMatchObject({ code: 75 });
  });

  test('leave what they did in the audit log, with who did it', async () => {
    const { auditLogGroupName } = await describeDeployment(cloudFormation, 'muster');
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: auditLogGroupName, logStreamNamePrefix: 'operator/' }),
    );
    const lines = events.map(({ message = '' }) => message);
    for (const code of ['claim.created', 'device.registered', 'claim.closed']) {
      expect(lines.filter((line) => line.includes(code) && line.includes('arn:aws:iam::')).length).toBeGreaterThan(0);
    }
  });
});
