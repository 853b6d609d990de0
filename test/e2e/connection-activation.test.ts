import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DescribeThingCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { proveOAuth } from '../../approaches/oauth/prove.ts';
import { importManifest } from '../../cli/import/import-manifest.ts';
import { eventually } from '../../demo/eventually.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { devicesExplain } from '../../domain/operations/devices-explain.ts';
import { devicesQuarantine } from '../../domain/operations/devices-quarantine.ts';
import { devicesRelease } from '../../domain/operations/devices-release.ts';
import { devicesRevoke } from '../../domain/operations/devices-revoke.ts';
import { devicesShow } from '../../domain/operations/devices-show.ts';
import { serialNumber as serialNumberSchema } from '../../domain/serial-number.ts';
import { MqttConnection, denied } from './drivers/mqtt-connection.ts';
import { aUser } from './drivers/principals.ts';
import { registryOf } from './drivers/registry-of.ts';
import { type Stage, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';

const PATH = 'projects/p/locations/l/registries/r/devices';
const LINE = 'lantern';

let stage: Stage;
let folder: string;
let security: OperationsClient;
let operator: OperationsClient;

beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-activation-'));
  const home = { shared: stage.shared, configuration: stage.fleet.operator.configuration };
  security = await (await aUser(home, 'security')).open();
  operator = await (await aUser(home, 'operator')).open();
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

/** A device that signs its own tokens, enrolled with its public key. */
const aLantern = async () => {
  const serial = `LANTERN-${randomUUID().slice(0, 8)}`;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(join(folder, `${serial}.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
  const path = join(folder, `${serial}.csv`);
  await writeFile(path, `serial,line,tenant,approach,public_key\n${serial},${LINE},acme,oauth,${serial}.pem\n`);
  expect((await importManifest(stage.fleet.operator, { path, isUnsigned: true })).counts).toMatchObject({ created: 1 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const credential = proveOAuth.open({ kind: 'device-token', key, audience: 'a-project' });
  const name = { serialNumber: z.parse(serialNumberSchema, serial), line: lineOf(LINE) };
  return { serial, name, credential, thingName: thingOf(stage, LINE, serial), clientId: `${PATH}/${serial}` };
};

type Lantern = Awaited<ReturnType<typeof aLantern>>;

let counter = 0;

const connect = async ({ credential, name, clientId }: Lantern, as = clientId): Promise<MqttConnection> => {
  // AWS IoT takes one connect a second of each client id.
  await setTimeout(1_100);
  const occasion = { clientId: as, serverName: 'localhost', at: Date.now(), counter: (counter += 1), nonce: randomUUID(), fetch };
  const { username, password } = await credential.prove({ ...name, ...occasion });
  const proof = { username: `${username}?x-amz-customauthorizer-name=muster-oauth`, password };
  return MqttConnection.open({ shared: stage.shared, clientId: as, proof, version: 5 });
};

const stateOf = async ({ serial }: Lantern) => (await enrollmentOf(stage, LINE, serial))?.state;

const becomesActive = (lantern: Lantern) =>
  eventually(`the activation of ${lantern.serial}`, async () => ((await stateOf(lantern)) === 'active' ? true : undefined));

const own = ({ thingName }: Lantern, rest: string): string => `muster/things/${thingName}/${rest}`;

describe('A device that proves itself at each connection', () => {
  test('has its thing and groups once it was seen, keeps its client id, and is active', async () => {
    const lantern = await aLantern();
    await expect(stage.iot.send(new DescribeThingCommand({ thingName: lantern.thingName }))).rejects.toThrow();
    const device = await connect(lantern);
    await becomesActive(lantern);
    expect(await registryOf(stage.iot, lantern.thingName)).toEqual({
      ...{ type: 'muster-lantern', attributes: { tenant: 'acme', approach: 'oauth' }, certificates: [] },
      groups: ['muster-line-lantern', 'muster-tenant-acme'],
    });
    expect(await device.publish(own(lantern, 'telemetry'), '21')).toBe('done');
    const { device: shown } = await security.call(devicesShow, lantern.name);
    expect(shown).toMatchObject({ state: 'active', connectsAs: lantern.clientId, certificates: [] });
    await device.close();
    const { story } = await security.call(devicesExplain, { ...lantern.name, since: Date.now() - 3_600_000 });
    expect(story.conclusion).toMatchObject({ standing: 'well' });
  }, 60_000);

  test('is cut off from quarantine on and left its diagnosis, is released, and ended for good, whatever it is connected as', async () => {
    const lantern = await aLantern();
    const [byPath, byName] = [await connect(lantern), await connect(lantern, lantern.thingName)];
    await becomesActive(lantern);
    await security.call(devicesQuarantine, { ...lantern.name, note: 'odd traffic' });
    await Promise.all([byPath.lost, byName.lost]);

    const ill = await connect(lantern);
    expect(await ill.publish(own(lantern, 'diagnosis/log'), 'ill')).toBe('done');
    expect(await ill.publish(own(lantern, 'telemetry'), '21')).toBe(denied(5));
    await ill.close();

    const waiting = await connect(lantern);
    await security.call(devicesRelease, lantern.name);
    await waiting.lost;
    const well = await connect(lantern);
    expect(await well.publish(own(lantern, 'telemetry'), '21')).toBe('done');

    const wish = { ...lantern.name, note: 'stolen' };
    await expect(operator.call(devicesRevoke, wish)).rejects.toThrow('takes two people');
    await security.call(devicesRevoke, wish);
    await well.lost;
    await expect(connect(lantern)).rejects.toThrow('could not connect');
  }, 60_000);

  test('may be quarantined before it was ever seen, and comes in to its diagnosis alone', async () => {
    const lantern = await aLantern();
    await security.call(devicesQuarantine, { ...lantern.name, note: 'stolen on its way' });
    const device = await connect(lantern);
    expect(await device.publish(own(lantern, 'telemetry'), '21')).toBe(denied(5));
    await device.close();
    await security.call(devicesRelease, lantern.name);
    const released = await connect(lantern);
    await becomesActive(lantern);
    await released.close();
  }, 60_000);
});
