import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingTypeCommand,
  DeleteThingTypeCommand,
  DeprecateThingTypeCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { startOnManualClock } from './start-on-manual-clock.ts';

const { clock, local, iot } = await startOnManualClock();

const policies = 'IoT developer guide, "AWS IoT Core policies"';

const minutes = (count: number): number => count * 60_000;

const allowing = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

const replacePolicy = (policyName: string, ...actions: readonly string[]) =>
  iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: allowing(...actions), setAsDefault: true }));

describe('A changed policy', () => {
  documented(policies, 'binds an open connection six to eight minutes later', async () => {
    await iot.send(new CreatePolicyCommand({ policyName: 'shrinking', policyDocument: allowing('iot:Connect', 'iot:Publish') }));
    const client = await local.connect(await local.identity('shrinking'));
    await client.publishAsync('a', '1', { qos: 1 });
    await replacePolicy('shrinking', 'iot:Connect');
    clock.advance(minutes(6) - 1000);
    await client.publishAsync('a', '2', { qos: 1 });
    clock.advance(minutes(2) + 1000);
    await expect(client.publishAsync('a', '3', { qos: 1 })).rejects.toThrow('Not authorized');
  });

  documented(policies, 'lets new connections in six to eight minutes later, too', async () => {
    await iot.send(new CreatePolicyCommand({ policyName: 'growing', policyDocument: allowing('iot:Publish') }));
    const device = await local.identity('growing');
    await expect(local.connect(device, { clientId: 'early' })).rejects.toThrow('closed');
    await replacePolicy('growing', 'iot:Connect');
    clock.advance(minutes(6) - 1000);
    await expect(local.connect(device, { clientId: 'early' })).rejects.toThrow('closed');
    clock.advance(minutes(2) + 1000);
    expect((await local.connect(device, { clientId: 'early' })).connected).toBe(true);
  });

  documented(policies, 'binds a device that nobody has asked about before at once', async () => {
    await iot.send(new CreatePolicyCommand({ policyName: 'fresh', policyDocument: allowing('iot:Publish') }));
    const device = await local.identity('fresh');
    await replacePolicy('fresh', 'iot:Connect');
    expect((await local.connect(device)).connected).toBe(true);
  });
});

describe('A deactivated certificate', () => {
  const deactivate = (certificateId: string) => iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }));

  documented('IoT developer guide, "Activate or deactivate a client certificate"', 'opens no new connection', async () => {
    const device = await local.identity();
    await deactivate(device.certificateId);
    await expect(local.connect(device)).rejects.toThrow('closed');
  });

  assumed('mqtt.connection.certificate-grace-ms', 'keeps its connections for two minutes, and loses them then', async () => {
    const device = await local.identity();
    const client = await local.connect(device);
    const closed = new Promise<void>((resolve) => void client.once('close', resolve));
    await deactivate(device.certificateId);
    clock.advance(minutes(2) - 1000);
    await client.publishAsync('still', 'here', { qos: 1 });
    clock.advance(1000);
    await closed;
  });

  assumed('mqtt.connection.certificate-grace-ms', 'keeps them for good when it is active again in time', async () => {
    const device = await local.identity();
    const client = await local.connect(device);
    await deactivate(device.certificateId);
    clock.advance(minutes(1));
    await iot.send(new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'ACTIVE' }));
    clock.advance(minutes(5));
    await client.publishAsync('still', 'here', { qos: 1 });
  });
});

describe('A deprecated thing type', () => {
  documented('API reference, "DeleteThingType"', 'can be deleted five minutes later, and not before', async () => {
    await iot.send(new CreateThingTypeCommand({ thingTypeName: 'old' }));
    await iot.send(new DeprecateThingTypeCommand({ thingTypeName: 'old' }));
    clock.advance(minutes(5) - 1000);
    await expect(iot.send(new DeleteThingTypeCommand({ thingTypeName: 'old' }))).rejects.toMatchObject({ name: 'InvalidRequestException' });
    clock.advance(1000);
    await iot.send(new DeleteThingTypeCommand({ thingTypeName: 'old' }));
  });
});
