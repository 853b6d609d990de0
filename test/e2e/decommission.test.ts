import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeCertificateCommand, DescribeThingCommand } from '@aws-sdk/client-iot';
import { eventually } from '../../demo/eventually.ts';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { ClaimConnection } from './drivers/claim-connection.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { type Stage, aClaim, enrollmentOf, openStage } from './drivers/stage.ts';
import { type TwoPeople, meetTwoPeople } from './drivers/two-people.ts';

const serial = 'DECOMMISSIONED-1';
let stage: Stage;
let people: TwoPeople;
let device: Device;

beforeAll(async () => {
  stage = await openStage();
  people = await meetTwoPeople(stage);
  [device] = (await bringIn(stage, 'sensor', [{ serial }])) as [Device];
  await eventually('its activation', async () => ((await enrollmentOf(stage, 'sensor', serial))?.state === 'active' ? true : undefined));
}, 60_000);

afterAll(async () => {
  await people.leave();
  await stage.close();
});

const words = ['devices', 'decommission', serial, '--reason', 'scrapped', '--yes'];
const dial = () => MqttConnection.dial({ shared: stage.shared, identity: device.identity, clientId: device.thingName, version: 5 });

// In the order of its end.
describe('A device that goes out of service', () => {
  test('is gone from AWS IoT once two people said so: connection, certificate, thing', async () => {
    const connection = await dial();
    if (typeof connection === 'string') throw new Error(connection);
    expect(await people.muster(people.operator, ...words)).toMatchObject({ code: 3 });
    expect(await people.muster(people.security, ...words)).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing of it is left at AWS IoT; it is decommissioned') as unknown,
    });
    expect(await connection.lost).toBe('reason code 152');
    const gone = { name: 'ResourceNotFoundException' };
    await expect(stage.iot.send(new DescribeThingCommand({ thingName: device.thingName }))).rejects.toMatchObject(gone);
    await expect(stage.iot.send(new DescribeCertificateCommand({ certificateId: device.certificateId }))).rejects.toMatchObject(gone);
  }, 60_000);

  test('F28: stays on record, with its key and no certificate', async () => {
    expect(await enrollmentOf(stage, 'sensor', serial)).toMatchObject({
      state: 'decommissioned',
      certificates: [],
      toRetire: [],
      boundKey: expect.any(String) as unknown,
    });
  });

  test('does not come back with what it had', async () => {
    expect(typeof (await dial())).toBe('string');
  });

  test('F28: does not come back by a claim, whatever key it brings', async () => {
    const connection = await ClaimConnection.open(stage.shared, await aClaim(stage, 'sensor', 1));
    const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys: ecKeys() }));
    expect((await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial })).result).toBe('rejected');
    await connection.close();
    const { out } = await eventually('the refusal in the log', async () => {
      const end = await people.muster(people.security, 'audit', 'tail', '--serial', serial, '--json');
      return end.out.includes('"reason":"decommissioned"') ? end : undefined;
    });
    expect(out).toContain('"code":"device.decommissioned"');
  }, 60_000);

  test('F28: does not come back by an import', async () => {
    await writeFile(join(people.directory, 'again.csv'), `serial,line,tenant\n${serial},sensor,acme\n`);
    const { code, error } = await people.muster(people.operator, 'devices', 'import', 'again.csv', '--unsigned');
    expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(`"${serial}", which was taken out of service`) as unknown });
  });
});
