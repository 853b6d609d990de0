import * as z from 'zod/mini';
import { eventually } from '../../demo/eventually.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { devicesExplain } from '../../domain/operations/devices-explain.ts';
import { devicesShow } from '../../domain/operations/devices-show.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { type OwnFleet, deployOwnFleet } from './drivers/own-fleet.ts';
import { aUser } from './drivers/principals.ts';
import { type Stage, enrollmentOf, lineOf } from './drivers/stage.ts';

const ENOUGH = 4;
const configuration = {
  lines: [
    { name: 'meter', triggers: { refusedPublishes: 'alarm' } },
    { name: 'gateway', triggers: { refusedPublishes: 'quarantine' } },
    { name: 'lamp' },
  ],
  alarms: { refusedPublishesPerFiveMinutes: ENOUGH },
};

let fleet: OwnFleet;
let stage: Stage;
let security: OperationsClient;

beforeAll(async () => {
  fleet = await deployOwnFleet({ configuration: () => configuration, isLogging: true });
  ({ stage } = fleet);
  const home = { shared: stage.shared, configuration: stage.fleet.operator.configuration };
  security = await (await aUser(home, 'security')).open();
}, 300_000);
afterAll(() => fleet.stop());

const anActive = async (line: string, serial: string): Promise<Device> => {
  const [device] = (await bringIn(stage, line, [{ serial }])) as [Device];
  await eventually(`the activation of ${serial}`, async () =>
    (await enrollmentOf(stage, line, serial))?.state === 'active' ? true : undefined,
  );
  return device;
};

/** MQTT 5, so that a refusal is an answer and the connection stays. */
const publishForbidden = async ({ identity, thingName }: Device, times: number): Promise<void> => {
  const connection = await MqttConnection.open({ shared: stage.shared, identity, clientId: thingName, version: 5 });
  for (let time = 0; time < times; time += 1) await connection.publish(`somebody/else/${time}`, '{}');
  await connection.close();
};

const nameOf = (line: string, serial: string) => ({ line: lineOf(line), serialNumber: z.parse(serialNumber, serial) });

const refusedOn = async (line: string, serial: string) =>
  (await security.call(devicesShow, nameOf(line, serial))).device.publishesRefusedOn;

describe('A device that publishes again and again what it may not', () => {
  test('is told within seconds, once it was often enough; by default nothing else is done', async () => {
    const [line, serial] = ['meter', 'WRONG-1'];
    const device = await anActive(line, serial);
    await publishForbidden(device, ENOUGH - 1);
    await publishForbidden(await anActive(line, 'OTHER-1'), 1);
    expect(await refusedOn(line, serial)).toBeUndefined();
    await publishForbidden(device, 1);
    expect(await eventually('the suspicion', () => refusedOn(line, serial))).toMatch(/^\d{4}-\d\d-\d\d$/);
    const conclusion = await eventually('the suspicion in the log', async () => {
      const { story } = await security.call(devicesExplain, { ...nameOf(line, serial), since: Date.now() - 3_600_000 });
      return story.conclusion.standing === 'suspected' ? story.conclusion : undefined;
    });
    expect(conclusion.todo.join()).toContain('Publish-In');
    expect((await enrollmentOf(stage, line, serial))?.state).toBe('active');
    expect(await refusedOn(line, 'OTHER-1')).toBeUndefined();
  }, 60_000);

  test('is put into quarantine where its line says so, on record as done by the watch', async () => {
    const [line, serial] = ['gateway', 'WRONG-2'];
    const [device, unwatched] = await Promise.all([anActive(line, serial), anActive('lamp', 'WRONG-3')]);
    await Promise.all([publishForbidden(unwatched, 2 * ENOUGH), publishForbidden(device, 2 * ENOUGH)]);
    const enrollment = await eventually('its quarantine', async () => {
      const found = await enrollmentOf(stage, line, serial);
      return found?.state === 'quarantined' ? found : undefined;
    });
    expect(enrollment.lastEvent).toMatchObject({ code: 'device.quarantined', actor: { kind: 'service', name: 'refusal-watch' } });
    expect(await refusedOn('lamp', 'WRONG-3')).toBeUndefined();
  }, 60_000);
});
