import { createPrivateKey, createPublicKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { eventually } from '../../demo/eventually.ts';
import { type KeyPair, ecKeys } from '../local/iot/certificate-requests.ts';
import { type Device, bringIn, provision } from './drivers/devices.ts';
import { MqttConnection, denied } from './drivers/mqtt-connection.ts';
import { registryOf } from './drivers/registry-of.ts';
import { type Stage, aClaim, enrollmentOf, openStage } from './drivers/stage.ts';
import { type TwoPeople, meetTwoPeople } from './drivers/two-people.ts';

const serial = 'TRANSFERRED-1';
const GLOBEX = 'muster/tenants/globex/announcements';

let stage: Stage;
let people: TwoPeople;
let device: Device;

beforeAll(async () => {
  stage = await openStage();
  people = await meetTwoPeople(stage);
  [device] = (await bringIn(stage, 'meter', [{ serial, tenant: 'acme' }])) as [Device];
  await isActive();
}, 60_000);

afterAll(async () => {
  await people.leave();
  await stage.close();
});

const isActive = () =>
  eventually('its activation', async () => ((await enrollmentOf(stage, 'meter', serial))?.state === 'active' ? true : undefined));

const dial = ({ identity, thingName }: Device) => MqttConnection.dial({ shared: stage.shared, identity, clientId: thingName, version: 5 });

const open = async (one: Device): Promise<MqttConnection> => {
  const connection = await dial(one);
  if (typeof connection === 'string') throw new Error(`${one.thingName} could not connect: ${connection}`);
  return connection;
};

/** Two people give it away, while it is connected. */
const give = async (to: string, ...more: readonly string[]): Promise<void> => {
  const connection = await open(device);
  const words = ['devices', 'transfer', serial, '--to', to, '--reason', 'sold', '--yes', ...more];
  expect(await people.muster(people.operator, ...words)).toMatchObject({ code: 3 });
  const { code, out } = await people.muster(people.security, ...words);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`belongs to tenant "${to}"`) as unknown });
  expect(await connection.lost).toBe('reason code 152');
};

/** It proves itself by the key that is pinned for it. */
const comeIn = async (keys: KeyPair): Promise<Device> => provision(stage, { claim: await aClaim(stage, 'meter', 1), serial, keys });

const heldKeys = (): KeyPair => {
  const privateKey = createPrivateKey(device.identity.privateKeyPem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

/** Its new owner has another key put into it, and says so. */
const pin = async ({ publicKey }: KeyPair): Promise<void> => {
  const at = (name: string) => join(people.directory, name);
  await writeFile(at('new-key.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(at('proof.json'), JSON.stringify({ pinned_key: 'new-key.pem' }));
  const { code } = await people.muster(people.operator, 'devices', 'release', serial, '--new-key', '--proof', 'proof.json');
  expect(code).toBe(0);
};

// In the order of its life.
describe('A device that is given to another tenant', () => {
  test('loses at once what it connected with, and does not come back by it', async () => {
    const connection = await open(device);
    expect(await connection.subscribe(GLOBEX)).toBe(denied(5));
    await connection.close();
    await give('globex');
    expect(typeof (await dial(device))).toBe('string');
    const gone = { name: 'ResourceNotFoundException' };
    await expect(stage.iot.send(new DescribeCertificateCommand({ certificateId: device.certificateId }))).rejects.toMatchObject(gone);
  }, 60_000);

  test('does not come in by the key that its former owner may have copied', async () => {
    await expect(comeIn(heldKeys())).rejects.toThrow('was not let in');
  }, 60_000);

  test('comes in by the key that its new owner names, and has that tenant’s topics and group, not the old one’s', async () => {
    const [former, keys] = [heldKeys(), ecKeys()];
    await pin(keys);
    await expect(comeIn(former)).rejects.toThrow('was not let in');
    device = await comeIn(keys);
    const { groups, attributes } = await registryOf(stage.iot, device.thingName);
    expect({ groups, tenant: attributes?.['tenant'] }).toEqual({ groups: ['muster-line-meter', 'muster-tenant-globex'], tenant: 'globex' });
    const connection = await open(device);
    expect(await connection.subscribe(GLOBEX)).toBe('done');
    await connection.close();
    await isActive();
  }, 60_000);

  test('comes in by the key that it has where both agreed to that, and has nothing of the tenant that it leaves', async () => {
    await give('acme', '--keep-proof');
    device = await comeIn(heldKeys());
    const connection = await open(device);
    expect(await connection.subscribe(GLOBEX)).toBe(denied(5));
    expect((await registryOf(stage.iot, device.thingName)).groups).toEqual(['muster-line-meter', 'muster-tenant-acme']);
  }, 60_000);

  test('shows the chain of its owners', async () => {
    const { out } = await people.muster(people.operator, 'devices', 'show', serial);
    expect([...out.matchAll(/former tenant\W+(\w+), until/g)].map(([, tenant]) => tenant)).toEqual(['acme', 'globex']);
    const { device: shown } = JSON.parse((await people.muster(people.operator, 'devices', 'show', serial, '--json')).out) as {
      device: object;
    };
    expect(shown).toMatchObject({ tenant: 'acme', formerOwners: [{ tenant: 'acme' }, { tenant: 'globex' }] });
  });
});
