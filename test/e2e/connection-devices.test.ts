import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../demo/eventually.ts';
import { systemClock } from '../../device/clock.ts';
import { onboardByConnection } from '../../device/connection/onboard-by-connection.ts';
import { entrancePortsOf, entranceSettingsOf } from '../../device/program-ports.ts';
import { issuedKey } from './drivers/factory-keys.ts';
import { importRow } from './drivers/import-row.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { Program, type ProgramEnd, runProgram } from './drivers/program.ts';
import { type Stage, enrollmentOf, openStage, thingOf } from './drivers/stage.ts';

const HOUR_MS = 3_600_000;

let stage: Stage;
let folder: string;
let operator: TestPrincipal;

beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-connecting-'));
  operator = await aUser({ shared: stage.shared, configuration: stage.fleet.operator.configuration }, 'operator');
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

const endpoint = (): string => `localhost:${String(stage.shared.mqtt.customAuthPort)}`;

const enroll = (row: Readonly<Record<string, string>>): Promise<void> => importRow(stage, row, folder);

const muster = (...parameters: readonly string[]): Promise<ProgramEnd> =>
  runProgram({ script: 'cli/main.ts', parameters, environment: operator.environment, directory: folder });

/** A device with a pre-shared key, as it leaves a factory: the name of its credential file. */
const aValve = async (serial: string): Promise<string> => {
  await enroll({ serial, line: 'valve', approach: 'psk' });
  return issuedKey({ folder, endpoint: endpoint(), muster }, 'valve', serial);
};

const program = (command: string, serial: string, file: string, ...more: readonly string[]) => ({
  script: 'device/cli.ts',
  parameters: [command, '--credential-file', file, '--ca', stage.fleet.rootCa, '--state', join(folder, `${serial}-state`), ...more],
  environment: {},
  directory: folder,
});

const onboard = (serial: string, file: string, ...more: readonly string[]): Promise<ProgramEnd> =>
  runProgram(program('onboard', serial, file, '--json', ...more));

const isActive = (line: string, serial: string) =>
  eventually(`the activation of ${serial}`, async () => ((await enrollmentOf(stage, line, serial))?.state === 'active' ? true : undefined));

const secretIn = async (file: string): Promise<string> => {
  const { secret } = JSON.parse(await readFile(file, 'utf8')) as { secret: { keys: readonly { key: string }[] } };
  return secret.keys[0]?.key ?? '';
};

describe('A device with a pre-shared key', () => {
  test.each(['5', '3.1.1'])(
    'is onboarded by the same command as others, over MQTT %s, and again',
    async (version) => {
      const serial = `VALVE-${version.charAt(0)}`;
      const file = await aValve(serial);
      const first = await onboard(serial, file, '--mqtt-version', version);
      expect(first).toMatchObject({ code: 0 });
      const outcome = { outcome: 'onboarded', thingName: thingOf(stage, 'valve', serial), approach: 'psk', endpoint: endpoint() };
      expect(JSON.parse(first.out)).toEqual({ ...outcome, already: false });
      await isActive('valve', serial);
      const second = await onboard(serial, file, '--mqtt-version', version);
      expect(JSON.parse(second.out)).toEqual({ ...outcome, already: true });
      expect(first.out + first.error + second.out + second.error).not.toContain(await secretIn(file));
    },
    60_000,
  );

  test('is refused with a key that is not its own, in a word or by being closed upon', async () => {
    const serial = 'VALVE-FORGED';
    const file = await aValve(serial);
    const text = (await readFile(file, 'utf8')).replace(await secretIn(file), Buffer.alloc(32, 7).toString('base64url'));
    await writeFile(file, text);
    for (const version of ['5', '3.1.1']) {
      const { code, out, error } = await onboard(serial, file, '--mqtt-version', version, '--timeout', '30s');
      expect({ version, code, outcome: (JSON.parse(out) as { outcome: string }).outcome }).toEqual({
        version,
        code: 77,
        outcome: 'refused',
      });
      expect(out + error).not.toContain(await secretIn(file));
    }
  }, 60_000);

  test.each([
    [-3 * HOUR_MS, '5'],
    [3 * HOUR_MS, '5'],
    [-3 * HOUR_MS, '3.1.1'],
  ] as const)(
    'whose clock is %i ms off is told the time, and comes in, over MQTT %s',
    async (offMs, mqttVersion) => {
      const serial = `VALVE-CLOCK-${randomUUID().slice(0, 8)}`;
      const told: string[] = [];
      const options = {
        ...{ credentialFile: await aValve(serial), state: join(folder, serial), ca: stage.fleet.rootCa },
        ...{ mqttVersion, timeout: 60_000, serial: undefined, approach: undefined, endpoint: undefined, serverName: undefined },
      };
      const ports = await entrancePortsOf(options, { out: () => undefined, error: (line) => told.push(line) });
      const clock = { ...systemClock, now: () => Date.now() + offMs };
      const settings = { ...entranceSettingsOf(options), timeoutMs: 60_000, verifies: true };
      const outcome = await onboardByConnection(settings, { ...ports, clock });
      expect({ outcome, told }).toMatchObject({ outcome: { outcome: 'onboarded', already: false } });
      expect(told.filter((line) => line.includes('with a fresh proof'))).toHaveLength(2);
      await isActive('valve', serial);
    },
    60_000,
  );

  test('stays connected, says what it is told to say, hears what is said to it, and leaves when it is told to', async () => {
    const serial = 'VALVE-STAYS';
    const file = await aValve(serial);
    const own = `muster/things/${thingOf(stage, 'valve', serial)}`;
    const staying = new Program({ ...program('stay', serial, file, '--subscribe', `${own}/echo`), isTypedAt: true });
    await staying.printed('Connected as');
    staying.type('no message\n');
    staying.type(`${JSON.stringify({ topic: `${own}/echo`, payload: 'hello' })}\n`);
    await staying.printed('"payload":"hello"');
    const end = await staying.interrupt('SIGTERM');
    expect(end).toMatchObject({ code: 0, out: `${JSON.stringify({ topic: `${own}/echo`, payload: 'hello' })}\n` });
    expect(end.error).toContain('Line 1 is no message');
    expect(end.error).not.toContain(await secretIn(file));
    await isActive('valve', serial);
  }, 60_000);
});

describe('A device that signs its own tokens', () => {
  test('is onboarded by the same command, under the client id that it had at another service', async () => {
    const serial = 'LANTERN-1';
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(join(folder, 'lantern.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    await enroll({ serial, line: 'lantern', approach: 'oauth', public_key: 'lantern.pem' });
    const file = join(folder, 'lantern.json');
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const credential = {
      ...{
        schemaVersion: 1,
        approach: 'oauth',
        thingName: thingOf(stage, 'lantern', serial),
        authorizer: 'muster-oauth',
        endpoint: endpoint(),
      },
      ...{
        clientId: `projects/p/locations/l/registries/r/devices/${serial}`,
        secret: { kind: 'device-token', key, audience: 'a-project' },
      },
    };
    await writeFile(file, JSON.stringify(credential), { mode: 0o600 });
    const { code, out, error } = await onboard(serial, file);
    expect({ code, error }).toMatchObject({ code: 0 });
    expect(JSON.parse(out)).toMatchObject({ outcome: 'onboarded', approach: 'oauth', already: false });
    await isActive('lantern', serial);
  }, 60_000);
});
