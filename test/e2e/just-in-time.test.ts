import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { describeDeployment } from '../../aws/cloudformation/deployment.ts';
import { createDynamoDbAnnouncementStore } from '../../aws/dynamodb/announcement-store.ts';
import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { eventually } from '../../demo/eventually.ts';
import { devicesApprove } from '../../domain/operations/devices-approve.ts';
import { manufacturersDistrustCa } from '../../domain/operations/manufacturers-distrust-ca.ts';
import { manufacturersList } from '../../domain/operations/manufacturers-list.ts';
import { manufacturersTrustCa } from '../../domain/operations/manufacturers-trust-ca.ts';
import { manufacturerName } from '../../domain/manufacturer.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { topicTree } from '../../domain/topics.ts';
import type { AnnouncementStore } from '../../domain/admission/announcement.ts';
import * as z from 'zod/mini';
import { type Issued, aVendorCa, anIDevId } from '../builders/vendor.ts';
import { idOf } from '../fakes/entrance-cloud.ts';
import { decisionsOf } from './drivers/audit-log.ts';
import { type Fate, MqttConnection, tryToConnect } from './drivers/mqtt-connection.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { enrollRows } from './drivers/proving-device.ts';
import { type Stage, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';

const vendor = await aVendorCa({ name: [{ CN: ['Gateway Maker'] }] });
const cameraVendor = await aVendorCa({ name: [{ CN: ['Camera Maker'] }] });
const maker = z.parse(manufacturerName, 'maker');

let stage: Stage;
let operator: TestPrincipal;
let security: TestPrincipal;
let announcements: AnnouncementStore;

const trust = async (ca: Issued, line: string): Promise<void> => {
  const input = { name: maker, line: lineOf(line), certificatePem: ca.pem };
  await expect((await operator.open()).call(manufacturersTrustCa, input)).rejects.toThrow();
  await (await security.open()).call(manufacturersTrustCa, input);
};

beforeAll(async () => {
  stage = await openStage();
  const { configuration } = stage.fleet.operator;
  const home = { shared: stage.shared, configuration };
  [operator, security] = await Promise.all([aUser(home, 'operator'), aUser(home, 'security')]);
  const { tableName } = await describeDeployment(new CloudFormationClient(), configuration.prefix);
  announcements = createDynamoDbAnnouncementStore(createDynamoDbClient(), tableName);
  await trust(vendor, 'gateway');
  await trust(cameraVendor, 'camera');
  await writeFile(join(stage.fleet.folder, 'gateway-maker.pem'), vendor.pem);
  await writeFile(join(stage.fleet.folder, 'camera-maker.pem'), cameraVendor.pem);
}, 60_000);

afterAll(() => stage.close());

const dialling = (line: string, serial: string, { pem, keyPem }: Issued) => ({
  shared: stage.shared,
  identity: { certificatePem: pem, privateKeyPem: keyPem },
  clientId: thingOf(stage, line, serial),
});

const connect = (line: string, serial: string, device: Issued): Promise<Fate> => tryToConnect(dialling(line, serial, device));

/** Shows a certificate again and again, as a device does, until it is let in. */
const letIn = (line: string, serial: string, device: Issued): Promise<true> =>
  eventually(`${serial} to be let in`, async () => ((await connect(line, serial, device)) === 'done' ? true : undefined));

const stateOf = async (line: string, serial: string) => (await enrollmentOf(stage, line, serial))?.state;

const isActive = (line: string, serial: string): Promise<true> =>
  eventually(`${serial} to be active`, async () => ((await stateOf(line, serial)) === 'active' ? true : undefined));

const statusOf = async ({ pem }: Issued) =>
  (await stage.iot.send(new DescribeCertificateCommand({ certificateId: idOf(pem) }))).certificateDescription?.status;

const countOf = (device: Issued, atLeast: number) =>
  eventually(`${atLeast} announcements to be counted`, async () => {
    const found = await announcements.read(idOf(device.pem));
    return found !== undefined && found.count >= atLeast ? found : undefined;
  });

const codesOf = async ({ pem }: Issued) =>
  (await decisionsOf(stage, idOf(pem))).map(({ code, reason }) => (reason === undefined ? code : `${code}: ${reason}`));

describe('A device that arrives with the certificate of a trusted vendor', () => {
  test('is hung up on at first, let in when it comes again, and becomes active within its own boundaries', async () => {
    await enrollRows(stage, [{ serial: 'JIT-1', line: 'gateway', vendor_ca: 'gateway-maker.pem' }]);
    const device = await anIDevId(vendor, 'JIT-1');
    expect(await connect('gateway', 'JIT-1', device)).toBe('hung up');
    await letIn('gateway', 'JIT-1', device);
    await isActive('gateway', 'JIT-1');
    const connection = await MqttConnection.open(dialling('gateway', 'JIT-1', device));
    const topics = topicTree(stage.fleet.operator.configuration.topicPrefix);
    expect(await connection.publish(`${topics.thing(thingOf(stage, 'gateway', 'JIT-1'))}/telemetry`, '{}')).toBe('done');
    expect(await connection.publish(`${topics.thing(thingOf(stage, 'gateway', 'JIT-9'))}/telemetry`, '{}')).toBe('hung up');
    await connection.close();
    expect(await codesOf(device)).toEqual(['admission.granted', 'device.activated']);
  }, 90_000);

  test('stays pending while nobody enrolled it, is counted and not judged again, and comes in once it is enrolled', async () => {
    const device = await anIDevId(vendor, 'JIT-2');
    for (let time = 0; time < 3; time += 1) expect(await connect('gateway', 'JIT-2', device)).toBe('hung up');
    expect(await countOf(device, 3)).toMatchObject({ reason: 'unknown-serial', count: 3 });
    expect(await statusOf(device)).toBe('PENDING_ACTIVATION');
    expect(await codesOf(device)).toEqual(['admission.refused: unknown-serial']);
    await enrollRows(stage, [{ serial: 'JIT-2', line: 'gateway', vendor_ca: 'gateway-maker.pem' }]);
    await letIn('gateway', 'JIT-2', device);
  }, 90_000);

  test('is refused with a second certificate for a serial that is bound, and both keys are on record', async () => {
    await enrollRows(stage, [{ serial: 'JIT-3', line: 'gateway', vendor_ca: 'gateway-maker.pem' }]);
    const [first, second] = [await anIDevId(vendor, 'JIT-3'), await anIDevId(vendor, 'JIT-3')];
    await letIn('gateway', 'JIT-3', first);
    await connect('gateway', 'JIT-3', second);
    await countOf(second, 1);
    expect(await codesOf(second)).toEqual(['device.contested', 'admission.refused: bound-to-another-key']);
    const { boundKey, contender } = (await enrollmentOf(stage, 'gateway', 'JIT-3')) ?? {};
    expect(contender?.key).toEqual(expect.not.stringMatching(boundKey ?? ''));
    expect(await statusOf(second)).toBe('PENDING_ACTIVATION');
  }, 90_000);

  test('waits on a line of approvals until an operator said yes to its key', async () => {
    await enrollRows(stage, [{ serial: 'CAMERA-JIT-1', line: 'camera', vendor_ca: 'camera-maker.pem' }]);
    const device = await anIDevId(cameraVendor, 'CAMERA-JIT-1');
    await connect('camera', 'CAMERA-JIT-1', device);
    expect(await countOf(device, 1)).toMatchObject({ reason: 'pending-approval' });
    expect(await stateOf('camera', 'CAMERA-JIT-1')).toBe('pending');
    await (await security.open()).call(devicesApprove, { serialNumber: z.parse(serialNumber, 'CAMERA-JIT-1'), line: lineOf('camera') });
    await letIn('camera', 'CAMERA-JIT-1', device);
    await isActive('camera', 'CAMERA-JIT-1');
  }, 90_000);

  test('is of no account on another line than its vendor’s', async () => {
    await enrollRows(stage, [{ serial: 'CAMERA-JIT-2', line: 'camera', vendor_ca: 'camera-maker.pem' }]);
    const device = await anIDevId(vendor, 'CAMERA-JIT-2');
    await connect('camera', 'CAMERA-JIT-2', device);
    expect(await countOf(device, 1)).toMatchObject({ reason: 'unknown-serial' });
    expect(await stateOf('camera', 'CAMERA-JIT-2')).toBe('registered');
  }, 90_000);
});

describe('A certificate that is known in advance', () => {
  test('lets its device in at once, without a claim, and makes it active when it is first seen', async () => {
    const device = await anIDevId(await aVendorCa(), 'ADVANCE-1');
    await enrollRows(stage, [
      { serial: 'ADVANCE-1', line: 'gateway', pinned_key: device.pem, registration: 'in-advance', certificate: device.pem },
    ]);
    expect(await stateOf('gateway', 'ADVANCE-1')).toBe('admitted');
    expect(await connect('gateway', 'ADVANCE-1', device)).toBe('done');
    await isActive('gateway', 'ADVANCE-1');
  }, 90_000);
});

describe('A vendor that is trusted no longer', () => {
  test('brings no new device in; those that came in stay', async () => {
    const late = await aVendorCa({ name: [{ CN: ['Late Maker'] }] });
    await trust(late, 'gateway');
    const client = await operator.open();
    const { cas } = await client.call(manufacturersList, {});
    const ca = cas.find(({ id }) => id === idOf(late.pem).toString());
    if (ca === undefined) throw new Error('The CA is not listed.');
    await client.call(manufacturersDistrustCa, { name: maker, id: ca.id });
    const device = await anIDevId(late, 'JIT-4');
    await connect('gateway', 'JIT-4', device);
    await expect(statusOf(device)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  }, 90_000);
});
