import { ListThingGroupsForThingCommand } from '@aws-sdk/client-iot';
import { enroll } from '../../demo/fleet.ts';
import { eventually } from '../../demo/eventually.ts';
import { type Device, bringIn, connectBackend, provision } from './drivers/devices.ts';
import { MqttConnection, denied } from './drivers/mqtt-connection.ts';
import { type Stage, aClaim, lineOf, openStage } from './drivers/stage.ts';

const versions = [4, 5] as const;
const SERIAL = 'PROBATION-1';

let stage: Stage;
let backend: MqttConnection;
let lamp: Device;

const own = (rest: string): string => `muster/things/${lamp.thingName}/${rest}`;

const connect = (version: 4 | 5): Promise<MqttConnection> =>
  MqttConnection.open({ shared: stage.shared, identity: lamp.identity, clientId: lamp.thingName, version });

const groupsOf = async (thingName: string): Promise<readonly string[]> => {
  const { thingGroups = [] } = await stage.iot.send(new ListThingGroupsForThingCommand({ thingName }));
  return thingGroups.map(({ groupName = '' }) => groupName).toSorted();
};

beforeAll(async () => {
  stage = await openStage();
  await enroll(stage.fleet, lineOf('sensor'), [{ serial: SERIAL, tenant: 'globex' }]);
  lamp = await provision(stage, { claim: await aClaim(stage, 'sensor', 1), serial: SERIAL });
  backend = await connectBackend(stage);
}, 60_000);

afterAll(async () => {
  await backend.close();
  await stage.close();
});

describe('F2: A device that has shown nothing but a serial number', () => {
  test('begins on probation', async () => {
    expect(await groupsOf(lamp.thingName)).toEqual(['muster-line-sensor', 'muster-probation', 'muster-tenant-globex']);
  });

  test.each(versions)('reports over MQTT version %i, and hears what is its own', async (version) => {
    const device = await connect(version);
    expect(await device.publish(own('telemetry'), '21')).toBe('done');
    expect(await device.subscribe(own('#'))).toBe('done');
    await backend.publish(own('settings'), '60');
    expect(await device.take()).toEqual({ topic: own('settings'), payload: '60' });
    await device.close();
  });

  test('is told no command, not even by a filter that is wider', async () => {
    const device = await connect(5);
    expect(await device.subscribe(own('#'))).toBe('done');
    await backend.publish(own('commands/unlock'), 'now');
    await backend.publish(own('commands'), 'now');
    await backend.publish(own('settings'), 'after the commands');
    expect(await device.take()).toEqual({ topic: own('settings'), payload: 'after the commands' });
    await device.close();
  });

  const closed = [
    ['its commands', () => own('commands/#')],
    ["its line's topic", () => 'muster/lines/sensor/firmware'],
    ["its tenant's topic", () => 'muster/tenants/globex/announcements'],
  ] as const;

  test.each(versions.flatMap((version) => closed.map(([what, filter]) => [version, what, filter] as const)))(
    'may not listen over MQTT version %i to %s',
    async (version, _what, filter) => {
      const device = await connect(version);
      expect(await device.subscribe(filter())).toBe(denied(version));
      await device.close();
    },
  );

  test('F1: gives its place to nobody: another key for its serial number is refused, and it stays where it is', async () => {
    const claim = await aClaim(stage, 'sensor', 1);
    await expect(provision(stage, { claim, serial: SERIAL })).rejects.toThrow('was not let in');
    expect(await groupsOf(lamp.thingName)).toContain('muster-probation');
  });
});

describe('A device of the same line whose key the manufacturer told', () => {
  test('is let off as soon as it is seen', async () => {
    const [known] = await bringIn(stage, 'sensor', [{ serial: 'PROBATION-2', tenant: 'acme' }]);
    const thingName = known?.thingName ?? '';
    const groups = await eventually('the end of its probation', async () => {
      const found = await groupsOf(thingName);
      return found.includes('muster-probation') ? undefined : found;
    });
    expect(groups).toEqual(['muster-line-sensor', 'muster-tenant-acme']);
  }, 60_000);
});
