import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { eventually } from '../../demo/eventually.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { devicesExplain } from '../../domain/operations/devices-explain.ts';
import { devicesShow } from '../../domain/operations/devices-show.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { aUser } from './drivers/principals.ts';
import { type Stage, enrollmentOf, lineOf, openStage } from './drivers/stage.ts';

let stage: Stage;
let security: OperationsClient;
let support: OperationsClient;

beforeAll(async () => {
  stage = await openStage();
  const home = { shared: stage.shared, configuration: stage.fleet.operator.configuration };
  const [secure, supporting] = await Promise.all([aUser(home, 'security'), aUser(home, 'support')]);
  [security, support] = await Promise.all([secure.open(), supporting.open()]);
}, 60_000);
afterAll(() => stage.close());

const [HERE, THERE] = ['127.0.0.2', '127.0.0.3'];
/** AWS IoT takes one connect a second of each client id; what hears of it takes as long. */
const PAUSE_MS = 1_500;

const anActive = async (line: string, serial: string): Promise<Device> => {
  const [device] = (await bringIn(stage, line, [{ serial }])) as [Device];
  await eventually(`the activation of ${serial}`, async () =>
    (await enrollmentOf(stage, line, serial))?.state === 'active' ? true : undefined,
  );
  return device;
};

/** One connects after the other, from these addresses, and none goes by itself. */
const connectFrom = async ({ identity, thingName }: Device, addresses: readonly string[]): Promise<void> => {
  const open: MqttConnection[] = [];
  for (const from of addresses) {
    await setTimeout(PAUSE_MS);
    const connection = await MqttConnection.dial({ shared: stage.shared, identity, clientId: thingName, version: 5, from });
    if (typeof connection !== 'string') open.push(connection);
  }
  for (const connection of open) await connection.close();
};

const nameOf = (line: string, serial: string) => ({ line: lineOf(line), serialNumber: z.parse(serialNumber, serial) });

const suspicionOf = async (client: OperationsClient, line: string, serial: string) =>
  (await client.call(devicesShow, nameOf(line, serial))).device.suspicion;

const standingOf = async (line: string, serial: string) =>
  (await security.call(devicesExplain, { ...nameOf(line, serial), since: Date.now() - 3_600_000 })).story.conclusion;

describe('F32: A certificate that two devices use', () => {
  test('is told within seconds, where its connection goes back and forth; by default nothing else is done', async () => {
    const [line, serial] = ['meter', 'CLONED-1'];
    const device = await anActive(line, serial);
    await connectFrom(device, [HERE, THERE, HERE, THERE, HERE, THERE, HERE]);
    const suspicion = await eventually('the suspicion', () => suspicionOf(security, line, serial));
    expect(suspicion.addresses?.toSorted()).toEqual([HERE, THERE]);
    expect(await suspicionOf(support, line, serial)).toEqual({ on: suspicion.on });
    const conclusion = await eventually('the suspicion in the log', async () => {
      const found = await standingOf(line, serial);
      return found.standing === 'suspected' ? found : undefined;
    });
    expect(conclusion.todo.join()).toContain('muster devices quarantine');
    expect((await enrollmentOf(stage, line, serial))?.state).toBe('active');
  }, 60_000);

  test('is put into quarantine where its line says so, on record as done by the watch', async () => {
    const [line, serial] = ['gateway', 'CLONED-2'];
    const device = await anActive(line, serial);
    await connectFrom(device, [HERE, THERE, HERE, THERE, HERE, THERE, HERE]);
    const enrollment = await eventually('its quarantine', async () => {
      const found = await enrollmentOf(stage, line, serial);
      return found?.state === 'quarantined' ? found : undefined;
    });
    expect(enrollment.lastEvent).toMatchObject({ code: 'device.quarantined', actor: { kind: 'service', name: 'clone-watch' } });
  }, 60_000);

  test('is not suspected of a device that loses its network, comes from another, and stays there', async () => {
    const [line, serial] = ['meter', 'ROAMING-1'];
    const device = await anActive(line, serial);
    await connectFrom(device, [HERE, HERE, HERE, THERE, THERE, THERE]);
    await setTimeout(PAUSE_MS);
    expect(await suspicionOf(security, line, serial)).toBeUndefined();
  }, 60_000);
});
