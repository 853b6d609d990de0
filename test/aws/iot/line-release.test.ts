import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingTypeCommand,
  DescribeThingCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-iot';
import { createIotLineRelease } from '../../../aws/iot/line-release.ts';
import { aLine } from '../../builders/identifiers.ts';
import { type TestControlPlane, policyDocument, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

/** A policy that so many certificates hold. */
const held = async (policyName: string, holders: number): Promise<void> => {
  await plane.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  for (let holder = 0; holder < holders; holder += 1) {
    const { certificateArn } = await plane.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await plane.iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
  }
};

const holdersOf = async (policyName: string): Promise<number> =>
  (await plane.iot.send(new ListTargetsForPolicyCommand({ policyName }))).targets?.length ?? 0;

describe('What is released of a line', () => {
  test('is the policy of its claims, and nothing of its devices', async () => {
    const release = createIotLineRelease(plane.iot, 'one');
    await Promise.all([held('one-claim-pump', 2), held('one-device-pump', 1)]);
    await release.detachClaims(aLine('pump'));
    await release.detachClaims(aLine('pump'));
    expect([await holdersOf('one-claim-pump'), await holdersOf('one-device-pump')]).toEqual([0, 1]);
  });

  test('is the policy of its devices and the type of its things, which stay', async () => {
    const release = createIotLineRelease(plane.iot, 'two');
    await held('two-device-pump', 1);
    await plane.iot.send(new CreateThingTypeCommand({ thingTypeName: 'two-pump' }));
    await plane.iot.send(new CreateThingCommand({ thingName: 'two:pump:SN-1', thingTypeName: 'two-pump' }));
    await release.detachDevices(aLine('pump'));
    expect(await holdersOf('two-device-pump')).toBe(0);
    expect((await plane.iot.send(new DescribeThingCommand({ thingName: 'two:pump:SN-1' }))).thingTypeName).toBeUndefined();
  });

  test('is nothing of a line that has nothing', async () => {
    const release = createIotLineRelease(plane.iot, 'three');
    await expect(release.detachClaims(aLine('pump'))).resolves.toBeUndefined();
  });
});
