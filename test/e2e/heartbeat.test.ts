import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import { keyDigestOf } from '../../domain/key-digest.ts';
import { ecKeys } from '../local/iot/certificate-requests.ts';
import { describeWhereInstalled } from '../setup/describe-where-installed.ts';
import { PythonDevice, pythonWith, runPythonDevice } from '../setup/python.ts';
import { type Device, bringIn, connectBackend, provision } from './drivers/devices.ts';
import { iotLogOf } from './drivers/iot-log.ts';
import type { MqttConnection } from './drivers/mqtt-connection.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { runProgram } from './drivers/program.ts';
import { type Stage, aClaim, enrollmentOf, lineOf, openStage } from './drivers/stage.ts';

const LINE = 'heartbeat';
const TOPIC = 'iot/device/heartbeat';

let stage: Stage;
let folder: string;
let backend: MqttConnection;
let security: TestPrincipal;
const running: PythonDevice[] = [];

beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-heartbeat-'));
  security = await aUser({ shared: stage.shared, configuration: stage.fleet.operator.configuration }, 'security');
  backend = await connectBackend(stage);
}, 60_000);

afterEach(() => Promise.all(running.splice(0).map((device) => device.stop())));

afterAll(async () => {
  await backend.close();
  await rm(folder, { recursive: true });
  await stage.close();
});

const filesOf = async ({ certificateId, identity }: Device): Promise<readonly [certificate: string, key: string]> => {
  const [certificate, key] = [join(folder, `${certificateId}.pem`), join(folder, `${certificateId}-key.pem`)];
  await Promise.all([writeFile(certificate, identity.certificatePem), writeFile(key, identity.privateKeyPem, { mode: 0o600 })]);
  return [certificate, key];
};

const subscriber = async (device: Device): Promise<PythonDevice> => {
  const where = ['localhost', String(stage.shared.mqtt.port), stage.fleet.rootCa];
  const started = new PythonDevice('heartbeat_subscriber.py', [...where, ...(await filesOf(device))]);
  running.push(started);
  return started;
};

const hears = async (device: PythonDevice, said: string): Promise<void> => {
  await device.printed('subscribed');
  await backend.publish(TOPIC, said);
  await device.printed(`${TOPIC} ${said}`);
};

const statusOf = async ({ certificateId }: Device): Promise<string | undefined> =>
  (await stage.iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status;

const muster = (...parameters: readonly string[]) =>
  runProgram({ script: 'cli/main.ts', parameters, environment: security.environment, directory: folder });

const isActive = (serial: string) =>
  eventually(`the activation of ${serial}`, async () => ((await enrollmentOf(stage, LINE, serial))?.state === 'active' ? true : undefined));

describeWhereInstalled(pythonWith('paho.mqtt.client'), 'A device in Python', () => {
  test('with a certificate of its own speaks under the name of its thing, on its own topics', async () => {
    const [device] = (await bringIn(stage, 'meter', [{ serial: 'PYTHON-1' }])) as [Device];
    const [certificate, key] = await filesOf(device);
    const files = ['--root-ca', stage.fleet.rootCa, '--certificate', certificate, '--key', key];
    const where = ['--host', 'localhost', '--port', String(stage.shared.mqtt.port)];
    const end = await runPythonDevice('certificate_device.py', [device.thingName, ...files, ...where]);
    expect(end).toMatchObject({ code: 0, error: '' });
    const topic = `muster/things/${device.thingName}/hello`;
    expect(JSON.parse(end.out)).toEqual({ topic, received: { hello: topic } });
  }, 60_000);
});

describeWhereInstalled(pythonWith('paho.mqtt.client'), 'A subscriber that gives no client id and knows one topic', () => {
  test('hears what is said there, from its first connection on, and is active by it', async () => {
    const serial = 'HEART-FIRST';
    const keys = ecKeys();
    const pinnedKey = keyDigestOf(keys.publicKey.export({ type: 'spki', format: 'der' }));
    await enroll(stage.fleet, lineOf(LINE), [{ serial, pinnedKey }]);
    const device = await provision(stage, { claim: await aClaim(stage, LINE, 1), serial, keys });
    await hears(await subscriber(device), 'thump');
    await isActive(serial);
  }, 60_000);

  test('loses its certificate in quarantine, and has it back after', async () => {
    const serial = 'HEART-QUARANTINE';
    const [device] = (await bringIn(stage, LINE, [{ serial }])) as [Device];
    await isActive(serial);
    expect(await muster('devices', 'quarantine', serial, '--reason', 'odd traffic')).toMatchObject({ code: 0, error: '' });
    expect(await statusOf(device)).toBe('INACTIVE');
    await subscriber(device);
    await eventually(
      'the refusal of its certificate',
      async () => (await iotLogOf(stage.shared, { principalId: device.certificateId, reason: 'DEVICE_CERTIFICATE_INACTIVE' }))[0],
    );
    expect(await muster('devices', 'release', serial)).toMatchObject({ code: 0, error: '' });
    expect(await statusOf(device)).toBe('ACTIVE');
    await hears(await subscriber(device), 'thump again');
  }, 90_000);
});
