import { randomBytes } from 'node:crypto';
import { AddThingToThingGroupCommand, ListThingGroupsForThingCommand } from '@aws-sdk/client-iot';
import { enroll } from '../../demo/fleet.ts';
import { digestOf } from '../builders/device-certificate.ts';
import { ecKeys } from '../local/iot/certificate-requests.ts';
import { type Device, bringIn, connectBackend, provision } from './drivers/devices.ts';
import { MqttConnection, denied } from './drivers/mqtt-connection.ts';
import { type Stage, aClaim, lineOf, openStage } from './drivers/stage.ts';

const versions = [4, 5] as const;
type Version = (typeof versions)[number];

let stage: Stage;
let backend: MqttConnection;
const devices = new Map<string, Device>();

const named = (name: string): Device => {
  const device = devices.get(name);
  if (device === undefined) throw new Error(`There is no device "${name}".`);
  return device;
};

const connect = (name: string, version: Version): Promise<MqttConnection> => {
  const { identity, thingName: clientId } = named(name);
  return MqttConnection.open({ shared: stage.shared, identity, clientId, version });
};

const ownTopic = (name: string, rest: string): string => `muster/things/${named(name).thingName}/${rest}`;

/** A device hears what somebody says. */
const expectToHear = async (name: string, version: Version, topic: string, speak: (words: string) => Promise<unknown>) => {
  const listener = await connect(name, version);
  expect(await listener.subscribe(topic)).toBe('done');
  const words = randomBytes(8).toString('hex');
  await speak(words);
  expect(await listener.take()).toEqual({ topic, payload: words });
  await listener.close();
};

const keys = ecKeys();

// It must not have connected before: the policies that AWS IoT has cached stay in force for minutes.
const quarantine = async (serial: string): Promise<void> => {
  await enroll(stage.fleet, lineOf('meter'), [{ serial, tenant: 'globex', pinnedKey: digestOf(keys.publicKey) }]);
  const device = await provision(stage, { claim: await aClaim(stage, 'meter', 1), serial, keys });
  await stage.iot.send(new AddThingToThingGroupCommand({ thingName: device.thingName, thingGroupName: 'muster-quarantine' }));
  devices.set('quarantined', device);
};

beforeAll(async () => {
  stage = await openStage();
  const [meters, gateways] = await Promise.all([
    bringIn(stage, 'meter', [
      { serial: 'BOUND-1', tenant: 'acme' },
      { serial: 'BOUND-2', tenant: 'acme' },
    ]),
    bringIn(stage, 'gateway', [
      { serial: 'BOUND-1', tenant: 'globex' },
      { serial: 'BOUND-2', tenant: 'acme' },
    ]),
  ]);
  const names = ['meter of acme', 'neighbour', 'gateway of globex', 'gateway of acme'];
  [...meters, ...gateways].forEach((device, index) => devices.set(names[index] ?? '', device));
  await quarantine('BOUND-QUARANTINED');
  backend = await connectBackend(stage);
}, 60_000);

afterAll(async () => {
  await backend.close();
  await stage.close();
});

describe.each(versions)('Over MQTT version %i, a device', (version) => {
  test('publishes and receives below its own root', async () => {
    const device = await connect('meter of acme', version);
    expect(await device.subscribe(ownTopic('meter of acme', '#'))).toBe('done');
    expect(await device.publish(ownTopic('meter of acme', 'telemetry/temperature'), '21')).toBe('done');
    expect(await device.take()).toEqual({ topic: ownTopic('meter of acme', 'telemetry/temperature'), payload: '21' });
    await device.close();
  });

  test('hears what its owner tells it alone', async () => {
    const topic = ownTopic('meter of acme', 'commands');
    await expectToHear('meter of acme', version, topic, (words) => backend.publish(topic, words));
  });

  test("hears its line's shared topic", async () => {
    const topic = 'muster/lines/meter/firmware';
    await expectToHear('meter of acme', version, topic, (words) => backend.publish(topic, words));
  });

  test("hears its tenant's shared topic, whatever its line", async () => {
    const topic = 'muster/tenants/globex/announcements';
    await expectToHear('gateway of globex', version, topic, (words) => backend.publish(topic, words));
  });

  test('warns the others of its line where the configuration lets it', async () => {
    const topic = 'muster/lines/gateway/alarms';
    const speaker = await connect('gateway of globex', version);
    await expectToHear('gateway of acme', version, topic, (words) => speaker.publish(topic, words));
    await speaker.close();
  });

  test.each([
    ["F3: its neighbour's topic", () => ownTopic('neighbour', 'telemetry')],
    ["its line's topic, which is for reading", () => 'muster/lines/meter/firmware'],
    ["another line's topic, which is for writing", () => 'muster/lines/gateway/alarms'],
    ["another tenant's topic", () => 'muster/tenants/globex/announcements'],
    ['its own root itself', () => `muster/things/${named('meter of acme').thingName}`],
    ['a thing that it is only the beginning of', () => `muster/things/${named('meter of acme').thingName}0/telemetry`],
    ['its own topic in another case', () => ownTopic('meter of acme', 'telemetry').toUpperCase()],
    ['a topic outside of the tree', () => 'telemetry'],
    ['its own shadow', () => `$aws/things/${named('meter of acme').thingName}/shadow/update`],
    ["a neighbour's presence", () => `$aws/events/presence/connected/${named('neighbour').thingName}`],
    ['a request for a certificate', () => '$aws/certificates/create-from-csr/json'],
    ['a request for a thing', () => '$aws/provisioning-templates/muster-meter/provision/json'],
    ['a topic rule', () => '$aws/rules/MusterPresence/x'],
  ])('may not publish to %s', async (_what, topic) => {
    const device = await connect('meter of acme', version);
    expect(await device.publish(topic(), '{}')).toBe(denied(version));
    await device.close();
  });

  test('may not leave messages behind, even on its own topic', async () => {
    const device = await connect('meter of acme', version);
    expect(await device.publish(ownTopic('meter of acme', 'telemetry'), '21', { retain: true })).toBe(denied(version));
    await device.close();
  });

  test.each([
    ['everything', () => '#'],
    ['everything in the tree', () => 'muster/#'],
    ['every thing', () => 'muster/things/#'],
    ['one topic of every thing', () => 'muster/things/+/telemetry'],
    ["its neighbour's topics", () => ownTopic('neighbour', '#')],
    ['all of its line', () => 'muster/lines/meter/#'],
    ["its line's topic under a wildcard", () => 'muster/lines/+/firmware'],
    ["another line's topic", () => 'muster/lines/gateway/alarms'],
    ["another tenant's topic", () => 'muster/tenants/globex/announcements'],
    ['the presence of others', () => '$aws/events/presence/#'],
    ["other devices' certificates", () => '$aws/certificates/create-from-csr/json/accepted'],
  ])('may not listen to %s', async (_what, filter) => {
    const device = await connect('meter of acme', version);
    expect(await device.subscribe(filter())).toBe(denied(version));
    await device.close();
  });
});

describe.each(versions)('Over MQTT version %i, a device in quarantine', (version) => {
  test('keeps its diagnosis topics', async () => {
    const topic = ownTopic('quarantined', 'diagnosis/log');
    const device = await connect('quarantined', version);
    expect(await device.publish(topic, 'I am ill')).toBe('done');
    expect(await device.subscribe(ownTopic('quarantined', 'diagnosis/#'))).toBe('done');
    await backend.publish(ownTopic('quarantined', 'diagnosis/question'), 'where?');
    expect(await device.take()).toEqual({ topic: ownTopic('quarantined', 'diagnosis/question'), payload: 'where?' });
    await device.close();
  });

  test('publishes nothing else', async () => {
    const device = await connect('quarantined', version);
    expect(await device.publish(ownTopic('quarantined', 'telemetry'), '21')).toBe(denied(version));
    await device.close();
  });

  test.each([
    ['its own topics', () => ownTopic('quarantined', '#')],
    ['its commands', () => ownTopic('quarantined', 'commands')],
    ["its line's topic", () => 'muster/lines/meter/firmware'],
    ["its tenant's topic", () => 'muster/tenants/globex/announcements'],
  ])('hears nothing else: %s', async (_what, filter) => {
    const device = await connect('quarantined', version);
    expect(await device.subscribe(filter())).toBe(denied(version));
    await device.close();
  });
});

describe('A device in quarantine', () => {
  test('is still there when it comes back for another certificate, and no freer with it', async () => {
    const renewed = await provision(stage, { claim: await aClaim(stage, 'meter', 1), serial: 'BOUND-QUARANTINED', keys });
    const { thingName, identity } = renewed;
    expect(thingName).toBe(named('quarantined').thingName);
    const { thingGroups = [] } = await stage.iot.send(new ListThingGroupsForThingCommand({ thingName }));
    expect(thingGroups.map(({ groupName }) => groupName).toSorted()).toEqual([
      'muster-line-meter',
      'muster-quarantine',
      'muster-tenant-globex',
    ]);
    const device = await MqttConnection.open({ shared: stage.shared, identity, clientId: thingName, version: 5 });
    expect(await device.publish(ownTopic('quarantined', 'telemetry'), '21')).toBe(denied(5));
    expect(await device.publish(ownTopic('quarantined', 'diagnosis/log'), 'still ill')).toBe('done');
    await device.close();
  });
});
