import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../demo/eventually.ts';
import { certificateIdOf } from '../../device/store/certificate-id.ts';
import { seededRandom } from '../fakes/seeded-random.ts';
import { rotateOnTheWire } from '../simulation/rotate-on-the-wire.ts';
import { bringIn } from './drivers/devices.ts';
import { runProgram } from './drivers/program.ts';
import { beginRotation, whenItIs, whenItsJobHas } from './drivers/rotations.ts';
import { type Stage, openStage } from './drivers/stage.ts';

const COUNT = 20;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('muster-device rotate', () => {
  test('replaces the certificates of devices whose power is cut again and again, and retires the old ones', async () => {
    const report = await rotateOnTheWire(stage, { line: 'meter', name: 'ROTATED', count: COUNT, random: seededRandom(1) });
    expect(report).toMatchObject({ rotated: COUNT, faults: [] });
    expect(report.cuts).toBeGreaterThan(COUNT / 2);
  }, 240_000);
});

describe('A device with none of our code', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-stock-client-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('follows the same job with a stock MQTT client', async () => {
    const named = { line: 'meter', serial: 'STOCK-CLIENT' };
    const [device] = await bringIn(stage, named.line, [{ serial: named.serial }]);
    if (device === undefined) throw new Error('It did not come in.');
    const { thingName, certificateId, identity } = device;
    const files = { ca: join(folder, 'ca.pem'), key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem') };
    await writeFile(files.ca, stage.shared.rootCa);
    await writeFile(files.key, identity.privateKeyPem, { mode: 0o600 });
    await writeFile(files.certificate, identity.certificatePem);
    const rotation = await beginRotation(stage, named);
    const options = { host: 'localhost', port: String(stage.shared.mqtt.port), thing: thingName, serial: named.serial, ...files };
    const parameters = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    // A job takes a while to reach its device.
    const end = await eventually('its rotation', async () => {
      const ended = await runProgram({ script: 'examples/mqtt-js/rotate.ts', parameters, environment: {}, directory: folder });
      return ended.out === 'nothing to do\n' ? undefined : ended;
    });
    expect(end).toEqual({ code: 0, out: 'rotated\n', error: '' });
    await whenItsJobHas(stage, 'SUCCEEDED', thingName, rotation);
    const { certificateInUse } = await whenItIs(
      stage,
      named,
      'its settlement',
      ({ state, toRetire }) => state === 'active' && toRetire.length === 0,
    );
    expect(certificateInUse).not.toBe(certificateId);
    expect(certificateIdOf(await readFile(files.certificate, 'utf8'))).toBe(certificateInUse);
  }, 90_000);
});
