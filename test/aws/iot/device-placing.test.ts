import {
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeThingCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  ListThingPrincipalsV2Command,
} from '@aws-sdk/client-iot';
import { createIotDeviceCertificates } from '../../../aws/iot/device-certificates.ts';
import { createIotDevicePlacing } from '../../../aws/iot/device-placing.ts';
import type { Placement } from '../../../domain/admission/placement.ts';
import { thingName } from '../../../domain/identifiers.ts';
import * as z from 'zod/mini';
import { aVendorCa, anIDevId } from '../../builders/vendor.ts';
import { idOf } from '../../fakes/entrance-cloud.ts';
import { type TestControlPlane, fresh, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

const vendor = await aVendorCa();
let plane: TestControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
  const { iot } = plane;
  for (const thingTypeName of ['my-sensor', 'my-other']) await iot.send(new CreateThingTypeCommand({ thingTypeName }));
  for (const thingGroupName of ['line', 'tenant', 'quarantine']) await iot.send(new CreateThingGroupCommand({ thingGroupName }));
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'line:cold', parentGroupName: 'line' }));
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' } });
  await iot.send(new CreatePolicyCommand({ policyName: 'devices', policyDocument }));
});
afterAll(() => plane.stop());

const aPlacement = (more: Partial<Placement> = {}): Placement => ({
  thingName: z.parse(thingName, fresh('thing')),
  ...{ thingType: 'my-sensor', attributes: { tenant: 'acme', approach: 'pki' } },
  ...{ lineGroup: 'line', lineRoot: 'line', groups: ['tenant'], policy: 'devices' },
  ...more,
});

const aCertificate = async () => {
  const certificates = createIotDeviceCertificates(plane.iot);
  const { pem } = await anIDevId(vendor, 'SN-1');
  await certificates.register(pem);
  await certificates.register(pem);
  const found = await certificates.find(idOf(pem));
  if (found === undefined) throw new Error('It was not registered.');
  return { certificates, ...found };
};

const groupsOf = async (name: string) => {
  const { thingGroups = [] } = await plane.iot.send(new ListThingGroupsForThingCommand({ thingName: name }));
  return thingGroups.map(({ groupName }) => groupName).sort();
};

const placeOf = async ({ thingName: name }: Placement, arn: string) => {
  const { iot } = plane;
  const { thingTypeName, attributes } = await iot.send(new DescribeThingCommand({ thingName: name }));
  const { policies = [] } = await iot.send(new ListAttachedPoliciesCommand({ target: arn }));
  const { thingPrincipalObjects } = await iot.send(new ListThingPrincipalsV2Command({ thingName: name }));
  return {
    thingTypeName,
    attributes,
    groups: await groupsOf(name),
    policies: policies.map(({ policyName }) => policyName),
    thingPrincipalObjects,
  };
};

const expected = (arn: string) => ({
  ...{ thingTypeName: 'my-sensor', attributes: { tenant: 'acme', approach: 'pki' }, groups: ['line', 'tenant'], policies: ['devices'] },
  thingPrincipalObjects: [{ principal: arn, thingPrincipalType: 'EXCLUSIVE_THING' }],
});

/** A client whose calls fail from the one of that number on. */
const cutAt = (calls: number): IoTClient => {
  let left = calls;
  const send = (command: never): Promise<unknown> => {
    left -= 1;
    return left < 0 ? Promise.reject(new Error('The power is gone.')) : plane.iot.send(command);
  };
  return new Proxy(plane.iot, { get: (target, name): unknown => (name === 'send' ? send : Reflect.get(target, name)) });
};

describe('A device that is placed at AWS IoT', () => {
  test('has its thing, groups and policy, and its certificate for itself alone', async () => {
    const { arn, certificates, certificateId, status } = await aCertificate();
    const placement = aPlacement();
    await createIotDevicePlacing(plane.iot).place(placement, { arn });
    expect(await placeOf(placement, arn)).toEqual(expected(arn));
    expect(status).toBe('INACTIVE');
    await certificates.activate(certificateId);
    expect((await certificates.find(certificateId))?.status).toBe('ACTIVE');
  });

  test.each([0, 1, 2, 3, 4, 5])('is placed all the same when power failed after call %d and somebody tries again', async (calls) => {
    const { arn } = await aCertificate();
    const placement = aPlacement();
    await expect(createIotDevicePlacing(cutAt(calls)).place(placement, { arn })).rejects.toThrow('The power is gone.');
    await createIotDevicePlacing(plane.iot).place(placement, { arn });
    expect(await placeOf(placement, arn)).toEqual(expected(arn));
  });

  test('stays where it was moved within its line, and in quarantine', async () => {
    const { arn } = await aCertificate();
    const placement = aPlacement({ lineGroup: 'line:cold' });
    const placing = createIotDevicePlacing(plane.iot);
    await placing.place({ ...placement, groups: ['quarantine'] }, { arn });
    await placing.place({ ...placement, lineGroup: 'line' }, { arn });
    expect(await groupsOf(placement.thingName)).toEqual(['line:cold', 'quarantine', 'tenant']);
  });

  test.each([0, 1, 2, 3, 9])(
    'without a certificate has its thing and its groups alone, wherever power failed: after call %d',
    async (calls) => {
      const placement = aPlacement();
      await createIotDevicePlacing(cutAt(calls))
        .register(placement)
        .catch(() => undefined);
      await createIotDevicePlacing(plane.iot).register(placement);
      const { thingTypeName, attributes } = await plane.iot.send(new DescribeThingCommand(placement));
      expect({ thingTypeName, attributes }).toEqual({ thingTypeName: 'my-sensor', attributes: { tenant: 'acme', approach: 'pki' } });
      expect(await groupsOf(placement.thingName)).toEqual(['line', 'tenant']);
      const { principals } = await plane.iot.send(new ListThingPrincipalsCommand(placement));
      expect(principals).toEqual([]);
    },
  );

  test('has its attributes as they are on record', async () => {
    const { arn } = await aCertificate();
    const placement = aPlacement();
    const attributePayload = { attributes: { tenant: 'globex', colour: 'red' } };
    await plane.iot.send(new CreateThingCommand({ thingName: placement.thingName, thingTypeName: 'my-sensor', attributePayload }));
    await createIotDevicePlacing(plane.iot).place(placement, { arn });
    expect(await placeOf(placement, arn)).toEqual(expected(arn));
  });

  test('is not placed over a thing of another type, nor with another’s certificate', async () => {
    const { arn } = await aCertificate();
    const placement = aPlacement();
    await plane.iot.send(new CreateThingCommand({ thingName: placement.thingName, thingTypeName: 'my-other' }));
    await expect(createIotDevicePlacing(plane.iot).place(placement, { arn })).rejects.toMatchObject({ code: 'ERR_THING_TYPE' });
    const owner = fresh('owner');
    await plane.iot.send(new CreateThingCommand({ thingName: owner }));
    await plane.iot.send(new AttachThingPrincipalCommand({ thingName: owner, principal: arn, thingPrincipalType: 'EXCLUSIVE_THING' }));
    await expect(createIotDevicePlacing(plane.iot).place(aPlacement(), { arn })).rejects.toThrow();
  });
});
