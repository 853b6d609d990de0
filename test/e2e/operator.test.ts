import { X509Certificate } from 'node:crypto';
import { chmod, copyFile, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeCertificateCommand, IoTClient, ListTargetsForPolicyCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { describeDeployment } from '../../aws/cloudformation/deployment.ts';
import { eventually } from '../../demo/eventually.ts';
import { type ProgramEnd, runProgram } from './drivers/program.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const shared = useSharedEnvironment();
const iot = new IoTClient();
const logs = new CloudWatchLogsClient();
const cloudFormation = new CloudFormationClient();
let directory: string;

const run = (script: string, parameters: readonly string[]): Promise<ProgramEnd> =>
  runProgram({ script, parameters, environment: shared.environment, directory });

const muster = (...parameters: readonly string[]) => run('cli/main.ts', parameters);

const createClaim = (...more: readonly string[]) =>
  muster(
    ...['claims', 'create', '--line', 'sensor', '--name', 'batch-cli', '--quota', '10', '--expires', '1d', '--out', '.'],
    ...['--endpoint', `localhost:${shared.mqtt.port}`, ...more],
  );

const onboard = (serial: string, ...more: readonly string[]) =>
  run('device/cli.ts', [
    ...['onboard', '--serial', serial, '--claim', 'batch-cli.claim.json', '--ca', 'root.pem'],
    ...['--state', `state-${serial}`, '--json', ...more],
  ]);

const importFile = (name: string, lines: readonly string[], ...more: readonly string[]): Promise<ProgramEnd> =>
  writeFile(join(directory, name), lines.map((line) => `${line}\n`).join('')).then(() => muster('devices', 'import', name, ...more));

const modeOf = async (name: string): Promise<number> => (await stat(join(directory, name))).mode & 0o777;

/** The certificates of this batch; other suites make claims of the same line meanwhile. */
const certificatesOfBatch = async (): Promise<readonly string[]> => {
  const { targets = [] } = await iot.send(new ListTargetsForPolicyCommand({ policyName: 'muster-claim-sensor' }));
  const ids = targets.map((target) => target.slice(target.lastIndexOf('/') + 1));
  const isOfBatch = await Promise.all(
    ids.map(async (certificateId) => {
      const answer = await iot.send(new DescribeCertificateCommand({ certificateId })).catch(() => undefined);
      const pem = answer?.certificateDescription?.certificatePem;
      return pem !== undefined && new X509Certificate(pem).subject === 'CN=batch-cli';
    }),
  );
  return ids.filter((_, index) => isOfBatch[index]);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-operator-'));
  await writeFile(join(directory, 'root.pem'), shared.rootCa);
});

afterAll(async () => {
  for (const client of [iot, logs, cloudFormation]) client.destroy();
  await rm(directory, { recursive: true });
});

const claimSummary = z.object({ certificateId: z.string() });
const closeSummary = z.object({ admitted: z.number(), closed: z.array(z.string()) });
const deviceRecord = z.object({ device: z.looseObject({ state: z.string() }) });

// The tests go through one life of a batch, in order.
describe('muster claims create', () => {
  test('makes a claim whose certificate is active, and writes it down: the key for its owner only', async () => {
    const created = await createClaim('--json', '--contact', 'line-7@example.com');
    expect(created).toMatchObject({ code: 0, error: '' });
    const { certificateId } = z.parse(claimSummary, JSON.parse(created.out));
    expect((await readdir(directory)).filter((name) => name.startsWith('batch-cli')).toSorted()).toEqual([
      'batch-cli.certificate.pem',
      'batch-cli.claim.json',
      'batch-cli.private-key.pem',
    ]);
    expect(await Promise.all(['private-key.pem', 'certificate.pem', 'claim.json'].map((name) => modeOf(`batch-cli.${name}`)))).toEqual([
      0o600, 0o644, 0o644,
    ]);
    expect(created.out).not.toContain('PRIVATE KEY');
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
    expect(certificateDescription?.status).toBe('ACTIVE');
    expect(await certificatesOfBatch()).toEqual([certificateId]);
  });

  test('overwrites nothing, and leaves nothing behind in the cloud when it may not', async () => {
    const key = await readFile(join(directory, 'batch-cli.private-key.pem'), 'utf8');
    const again = await createClaim();
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.error).toContain('batch-cli.private-key.pem was not written');
    expect(await readFile(join(directory, 'batch-cli.private-key.pem'), 'utf8')).toBe(key);
    expect(await certificatesOfBatch()).toHaveLength(1);
  });
});

describe('muster devices import', () => {
  const defaults = ['--line', 'sensor', '--tenant', 'acme', '--unsigned'];
  const rows = ['serial', 'CLI-1', 'CLI-2', 'CLI-3'];

  test('says in a dry run what it would do, and does nothing', async () => {
    const rehearsal = await importFile('devices.csv', rows, ...defaults, '--dry-run');
    expect(rehearsal).toMatchObject({ code: 0, out: '3 rows = 3 to be created + 0 unchanged + 0 conflicting + 0 refused.\n' });
    const shown = await muster('devices', 'show', 'CLI-1');
    expect(shown).toMatchObject({ code: 1, out: '' });
    expect(shown.error).toContain('muster devices import');
  });

  test('enrolls the devices of a CSV file, and changes nothing the second time', async () => {
    const first = await importFile('devices.csv', rows, ...defaults);
    expect(first).toMatchObject({ code: 0, out: '3 rows = 3 created + 0 unchanged + 0 conflicting + 0 refused.\n' });
    const before = await muster('devices', 'show', 'CLI-1', '--json');
    const second = await muster('devices', 'import', 'devices.csv', ...defaults, '--json');
    const printed = second.out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(second.code).toBe(0);
    expect(printed).toHaveLength(4);
    expect(printed.at(-1)).toMatchObject({ summary: { rows: 3, created: 0, unchanged: 3, conflicting: 0, refused: 0 } });
    expect(await muster('devices', 'show', 'CLI-1', '--json')).toEqual(before);
  });

  test('enrolls what it can of a JSON Lines file, and says of each other row what is wrong; the outcomes add up', async () => {
    const mixed = [
      { serial: 'CLI-4' },
      { serial: 'CLI-5', pinned_key: 'a'.repeat(64) },
      { serial: 'CLI-1', tenant: 'globex' }, // enrolled for another tenant
      { serial: 'CLI-2' }, // as it is
      { serial: 'Twin-1' },
      { serial: 'TWIN-1' }, // taken for the one before by anybody who reads it
      { serial: 'CLI-6', tenant: 'initech' },
      { serial: ' CLI-7' },
    ];
    const { code, out, error } = await importFile(
      'devices.jsonl',
      mixed.map((row) => JSON.stringify(row)),
      ...defaults,
    );
    expect({ code, out }).toEqual({ code: 1, out: '8 rows = 3 created + 1 unchanged + 2 conflicting + 2 refused.\n' });
    for (const row of ['row 3 (CLI-1) conflicting', 'row 6 (TWIN-1) conflicting', 'row 7 (CLI-6) refused', 'row 8 ( CLI-7) refused']) {
      expect(error).toContain(row);
    }
    const [conflicting, pinned] = await Promise.all(['CLI-1', 'CLI-5'].map((serial) => muster('devices', 'show', serial, '--json')));
    expect(JSON.parse(conflicting?.out ?? '')).toMatchObject({ device: { tenant: 'acme', version: 1, state: 'registered' } });
    expect(JSON.parse(pinned?.out ?? '')).toMatchObject({
      device: { evidence: { attestation: 'pinned-key', details: { pinnedKey: 'a'.repeat(64) } } },
    });
  });
});

describe('muster-device', () => {
  test.each([
    ['CLI-1', '5'],
    ['CLI-2', '3.1.1'],
  ])('brings in device %s over MQTT %s, and again at no cost: exit code 0', async (serial, version) => {
    const first = await onboard(serial, '--mqtt-version', version);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ outcome: 'onboarded', thingName: `muster:sensor:${serial}`, already: false });
    const again = await onboard(serial, '--mqtt-version', version);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ outcome: 'onboarded', already: true });
  });

  test('is refused with a serial that nobody enrolled: exit code 77', async () => {
    const { code, out } = await onboard('CLI-9');
    expect(code).toBe(77);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'refused', statusCode: 403 });
  });

  test('does not take a claim key that others can read: exit code 78', async () => {
    for (const part of ['claim.json', 'certificate.pem'])
      await copyFile(join(directory, `batch-cli.${part}`), join(directory, `open.${part}`));
    await copyFile(join(directory, 'batch-cli.private-key.pem'), join(directory, 'open.private-key.pem'));
    await chmod(join(directory, 'open.private-key.pem'), 0o644);
    const { code, out } = await onboard('CLI-3', '--claim-key', 'open.private-key.pem');
    expect(code).toBe(78);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'bad-setup', message: expect.stringContaining('chmod 600') as unknown });
  });

  test('tries in vain where nobody listens: exit code 75', async () => {
    const { code, out } = await onboard('CLI-3', '--endpoint', 'localhost:1', '--timeout', '1s');
    expect(code).toBe(75);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'try-again' });
  });
});

describe('muster devices show', () => {
  test('shows a device as active once it was seen', async () => {
    const shown = await eventually('the activation of CLI-1', async () => {
      const { out } = await muster('devices', 'show', 'CLI-1', '--json');
      const { device } = z.parse(deviceRecord, JSON.parse(out));
      return device.state === 'active' ? device : undefined;
    });
    expect(shown).toMatchObject({ serialNumber: 'CLI-1', tenant: 'acme', countedAgainst: 'batch-cli', toRetire: [] });
  });

  test('shows people a table', async () => {
    const { code, out } = await muster('devices', 'show', 'CLI-1');
    expect(code).toBe(0);
    for (const fact of ['muster:sensor:CLI-1', 'active', 'batch-cli', 'certificate in use', 'device.activated'])
      expect(out).toContain(fact);
  });
});

describe('muster claims close', () => {
  test('makes the certificate inactive, and no device comes in with it', async () => {
    const { code, out } = await muster('claims', 'close', 'batch-cli.claim.json', '--yes', '--json');
    expect(code).toBe(0);
    const { admitted, closed } = z.parse(closeSummary, JSON.parse(out));
    expect(admitted).toBe(2);
    const [certificateId] = closed;
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
    expect(certificateDescription?.status).toBe('INACTIVE');
    expect(await onboard('CLI-3', '--timeout', '1s')).toMatchObject({ code: 75 });
  });
});

describe('Whatever an operator did', () => {
  test('is in the audit log, with who did it', async () => {
    const { auditLogGroupName } = await describeDeployment(cloudFormation, 'muster');
    for (const code of ['claim.created', 'device.registered', 'claim.closed']) {
      // By its code: other suites put tens of thousands of devices on record, and an answer holds ten thousand events.
      const filterPattern = `{ $.auditEvent.code = "${code}" && $.auditEvent.actor.kind = "operator" }`;
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: auditLogGroupName, filterPattern }));
      expect(events.filter(({ message = '' }) => message.includes('arn:aws:iam::')).length).toBeGreaterThan(0);
    }
  });
});
