import {
  AddThingToThingGroupCommand,
  AttachSecurityProfileCommand,
  type Behavior,
  CreateSecurityProfileCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteSecurityProfileCommand,
  DescribeSecurityProfileCommand,
  DetachSecurityProfileCommand,
  ListActiveViolationsCommand,
  ListSecurityProfilesCommand,
  ListTargetsForSecurityProfileCommand,
  UpdateSecurityProfileCommand,
} from '@aws-sdk/client-iot';
import { expect } from '@jest/globals';
import { startDefenderWorld } from './defender-world.ts';
import { assumed, documented } from './fact.ts';

const guide = 'Device Defender developer guide, "Detect"';

const { clock, local, iot, role, topic } = await startDefenderWorld({ 'defender.detect': 'open' });
const { iot: newAccount } = await startDefenderWorld();

const periodMs = 300_000;
const refused = { name: 'InvalidRequestException' };

const calm = (name: string, metric = 'aws:num-connection-attempts'): Behavior => ({
  ...{ name, metric },
  criteria: { comparisonOperator: 'less-than-equals', value: { count: 2 }, durationSeconds: 300 },
});

const createGroup = async (thingGroupName: string, ...things: readonly string[]): Promise<string> => {
  const { thingGroupArn = '' } = await iot.send(new CreateThingGroupCommand({ thingGroupName }));
  for (const thingName of things) {
    await iot.send(new CreateThingCommand({ thingName }));
    await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
  }
  return thingGroupArn;
};

const connectTimes = async (clientId: string, times: number): Promise<void> => {
  const identity = await local.identity(`of-${clientId}-${clock.now()}`);
  for (let time = 0; time < times; time += 1) {
    clock.advance(1000); // a client id may connect once a second
    const client = await local.connect(identity, { clientId });
    await client.endAsync();
  }
};

const violators = async (securityProfileName: string): Promise<readonly (string | undefined)[]> => {
  const { activeViolations = [] } = await iot.send(new ListActiveViolationsCommand({ securityProfileName }));
  return activeViolations.map(({ thingName, behavior }) => `${thingName ?? ''}: ${behavior?.name ?? ''}`);
};

describe('A security profile', () => {
  assumed('defender.detect', 'cannot be made by a new customer', async () => {
    const created = newAccount.send(new CreateSecurityProfileCommand({ securityProfileName: 'late', behaviors: [calm('calm')] }));
    await expect(created).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('new customers') as unknown,
    });
  });

  documented('API reference, CreateSecurityProfile', 'has a name of its own, targets, and changes', async () => {
    const securityProfileName = 'kept';
    await iot.send(new CreateSecurityProfileCommand({ securityProfileName, behaviors: [calm('calm')] }));
    const again = iot.send(new CreateSecurityProfileCommand({ securityProfileName }));
    await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    const securityProfileTargetArn = await createGroup('kept-things');
    await iot.send(new AttachSecurityProfileCommand({ securityProfileName, securityProfileTargetArn }));
    const { securityProfileTargets } = await iot.send(new ListTargetsForSecurityProfileCommand({ securityProfileName }));
    expect(securityProfileTargets).toEqual([{ arn: securityProfileTargetArn }]);
    const behaviors = [calm('quiet', 'aws:num-disconnects')];
    await iot.send(new UpdateSecurityProfileCommand({ securityProfileName, behaviors }));
    expect(await iot.send(new DescribeSecurityProfileCommand({ securityProfileName }))).toMatchObject({ behaviors, version: 2 });
    const late = new UpdateSecurityProfileCommand({ securityProfileName, expectedVersion: 1 });
    await expect(iot.send(late)).rejects.toMatchObject({ name: 'VersionConflictException' });
    await iot.send(new DetachSecurityProfileCommand({ securityProfileName, securityProfileTargetArn }));
    await iot.send(new DeleteSecurityProfileCommand({ securityProfileName }));
    expect((await iot.send(new ListSecurityProfilesCommand({}))).securityProfileIdentifiers).toEqual([]);
  });

  documented('API reference, BehaviorCriteria', 'says how a number compares, over one of five times', async () => {
    const create = (criteria: Behavior['criteria']) =>
      iot.send(new CreateSecurityProfileCommand({ securityProfileName: 'wrong', behaviors: [{ ...calm('b'), criteria }] }));
    await expect(create({ value: { count: 1 }, durationSeconds: 300 })).rejects.toMatchObject(refused);
    await expect(create({ comparisonOperator: 'less-than', value: { count: 1 }, durationSeconds: 60 })).rejects.toMatchObject(refused);
    await expect(create({ comparisonOperator: 'less-than', durationSeconds: 300 })).rejects.toMatchObject(refused);
  });

  test('of another metric is refused by name, since nothing would be collected for it', async () => {
    const behaviors = [calm('b', 'aws:message-byte-size')];
    const created = iot.send(new CreateSecurityProfileCommand({ securityProfileName: 'wrong', behaviors }));
    await expect(created).rejects.toMatchObject({ name: 'NotImplementedException' });
  });
});

describe('A thing in a group with a profile', () => {
  documented(guide, 'violates what is usual until it is usual again, and others do not', async () => {
    const securityProfileName = 'watched';
    await iot.send(new CreateSecurityProfileCommand({ securityProfileName, behaviors: [calm('calm')] }));
    const securityProfileTargetArn = await createGroup('watched-things', 'restless', 'steady');
    await iot.send(new AttachSecurityProfileCommand({ securityProfileName, securityProfileTargetArn }));
    await connectTimes('steady', 2);
    await connectTimes('restless', 3);
    clock.advance(periodMs - 5000);
    expect(await violators(securityProfileName)).toEqual(['restless: calm']);
    clock.advance(periodMs);
    expect(await violators(securityProfileName)).toEqual([]);
    await iot.send(new DeleteSecurityProfileCommand({ securityProfileName }));
  });

  assumed('defender.alert', 'is told to the topic when it begins and when it is over', async () => {
    const told = await topic();
    const alertTargets = { SNS: { alertTargetArn: told.arn, roleArn: await role('sns:Publish') } };
    const securityProfileName = 'telling';
    await iot.send(new CreateSecurityProfileCommand({ securityProfileName, behaviors: [calm('calm')], alertTargets }));
    const securityProfileTargetArn = await createGroup('telling-things', 'loud');
    await iot.send(new AttachSecurityProfileCommand({ securityProfileName, securityProfileTargetArn }));
    await connectTimes('loud', 3);
    clock.advance(periodMs);
    await violators(securityProfileName);
    expect(await told.heard()).toMatchObject([
      { violationEventType: 'in-alarm', thingName: 'loud', securityProfileName, behavior: { name: 'calm' }, metricValue: { count: 3 } },
    ]);
    clock.advance(periodMs);
    await violators(securityProfileName);
    expect(await told.heard()).toContainEqual(expect.objectContaining({ violationEventType: 'alarm-cleared', thingName: 'loud' }));
  });
});
