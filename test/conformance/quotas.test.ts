import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  CreateTopicRuleCommand,
  DescribeEndpointCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingsCommand,
} from '@aws-sdk/client-iot';
import { RunningAws } from '../local/control/running-aws.ts';
import { assumed, documented } from './fact.ts';
import { startOnManualClock } from './start-on-manual-clock.ts';

const { clock, local, iot } = await startOnManualClock();

const quotas = 'General Reference, "AWS IoT Core API throttling limits"';
const registry = 'General Reference, "AWS IoT Core thing resource limits and quotas"';
const groups = 'General Reference, "AWS IoT Core thing group limits and quotas"';
const security = 'General Reference, "AWS IoT Core security and identity limits"';

const ask = () => iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));

const throttling = { name: 'ThrottlingException', $metadata: expect.objectContaining({ httpStatusCode: 400 }) as unknown };

const inOrder = async (count: number, call: (index: number) => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await call(index);
};

/** Many calls, each in a second of its own. */
const slowly = (count: number, call: (index: number) => Promise<unknown>): Promise<void> =>
  inOrder(count, (index) => {
    clock.advance(1000);
    return call(index);
  });

const allow = (resource = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: resource }] });

describe('Rates of the control plane', () => {
  documented(quotas, 'are counted by operation: the eleventh DescribeEndpoint of a second is throttled, and nothing else is', async () => {
    await inOrder(10, ask);
    await expect(ask()).rejects.toMatchObject(throttling);
    await iot.send(new CreateThingCommand({ thingName: 'meanwhile' }));
    clock.advance(100);
    await ask();
    await expect(ask()).rejects.toMatchObject(throttling);
  });

  documented(quotas, 'are as different as the quotas: 350 DescribeThing a second', async () => {
    await iot.send(new CreateThingCommand({ thingName: 'often-asked' }));
    const describe = () => iot.send(new DescribeThingCommand({ thingName: 'often-asked' }));
    await Promise.all(Array.from({ length: 350 }, describe));
    await expect(describe()).rejects.toMatchObject(throttling);
  });

  documented('AWS SDKs reference guide, "Retry behavior"', 'do not stop an SDK that retries as SDKs do', async () => {
    const running = await RunningAws.start();
    try {
      const client = new IoTClient({ ...running.config, maxAttempts: 10 });
      const answers = await Promise.all(
        Array.from({ length: 15 }, () => client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))),
      );
      expect(answers).toHaveLength(15);
      expect(running.aws.requests.list({ onlyFailures: true })[0]).toMatchObject({ errorCode: 'ThrottlingException' });
    } finally {
      await running.stop();
    }
  });

  documented(quotas, 'may be raised for an account, and here switched off', async () => {
    for (const operationRates of [{ DescribeEndpoint: 20 }, 'off'] as const) {
      const granted = await RunningAws.start({ clock, iotSettings: { operationRates } });
      const client = new IoTClient(granted.config);
      await inOrder(20, () => client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' })));
      await granted.stop();
    }
  });

  assumed('quotas.other-operations-per-second', 'are ten a second for an operation whose quota is not known here', async () => {
    const list = () => iot.send(new ListThingsCommand({}));
    await inOrder(10, list);
    await expect(list()).rejects.toMatchObject(throttling);
  });

  assumed('quotas.burst-seconds', 'are not saved up: after a quiet minute still ten DescribeEndpoint come through at once', async () => {
    clock.advance(60_000);
    await inOrder(10, ask);
    await expect(ask()).rejects.toMatchObject(throttling);
  });
});

describe('Policies', () => {
  documented(security, 'are at most ten on a certificate', async () => {
    const { certificateArn: target } = await local.identity('first');
    await slowly(10, (index) => iot.send(new CreatePolicyCommand({ policyName: `more-${index}`, policyDocument: allow() })));
    await inOrder(9, (index) => iot.send(new AttachPolicyCommand({ policyName: `more-${index}`, target })));
    await expect(iot.send(new AttachPolicyCommand({ policyName: 'more-9', target }))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    await iot.send(new AttachPolicyCommand({ policyName: 'more-0', target }));
  });

  documented('IoT developer guide, "Static thing groups"', 'are at most two on a thing group', async () => {
    const { thingGroupArn: target } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'guarded' }));
    await slowly(3, (index) => iot.send(new CreatePolicyCommand({ policyName: `group-${index}`, policyDocument: allow() })));
    await inOrder(2, (index) => iot.send(new AttachPolicyCommand({ policyName: `group-${index}`, target })));
    await expect(iot.send(new AttachPolicyCommand({ policyName: 'group-2', target }))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });

  documented(security, 'have at most five versions', async () => {
    await iot.send(new CreatePolicyCommand({ policyName: 'versioned', policyDocument: allow() }));
    const add = () => iot.send(new CreatePolicyVersionCommand({ policyName: 'versioned', policyDocument: allow() }));
    await inOrder(4, add);
    await expect(add()).rejects.toMatchObject({ name: 'VersionsLimitExceededException' });
  });

  documented(security, 'have at most 2048 characters, white space not counted', async () => {
    const roomy = JSON.stringify(JSON.parse(allow()), undefined, 500);
    await iot.send(new CreatePolicyCommand({ policyName: 'roomy', policyDocument: roomy }));
    const long = allow(`arn:aws:iot:us-east-1:123456789012:client/${'x'.repeat(2048)}`);
    await expect(iot.send(new CreatePolicyCommand({ policyName: 'long', policyDocument: long }))).rejects.toMatchObject({
      name: 'MalformedPolicyException',
    });
  });
});

describe('Things', () => {
  const attributes = (count: number) => ({
    attributes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'x'])),
  });
  const refusal = { name: 'InvalidRequestException' };

  documented(registry, 'have at most three attributes without a type, and fifty with one', async () => {
    await iot.send(new CreateThingTypeCommand({ thingTypeName: 'lamp' }));
    const create = (thingName: string, count: number, thingTypeName?: string) =>
      iot.send(new CreateThingCommand({ thingName, thingTypeName, attributePayload: attributes(count) }));
    await create('three', 3);
    await expect(create('four', 4)).rejects.toMatchObject(refusal);
    await create('fifty', 50, 'lamp');
    await expect(create('fifty-one', 51, 'lamp')).rejects.toMatchObject(refusal);
  });

  documented(groups, 'belong to at most ten groups, and to one of a hierarchy', async () => {
    const group = (thingGroupName: string, parentGroupName?: string) =>
      iot.send(new CreateThingGroupCommand({ thingGroupName, parentGroupName }));
    const add = (thingName: string, thingGroupName: string) => iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
    await inOrder(2, (index) => iot.send(new CreateThingCommand({ thingName: `member-${index}` })));
    await slowly(11, (index) => group(`club-${index}`));
    await group('junior', 'club-0');
    await inOrder(10, (index) => add('member-0', `club-${index}`));
    await expect(add('member-0', 'club-10')).rejects.toMatchObject(refusal);
    await add('member-1', 'club-0');
    await expect(add('member-1', 'junior')).rejects.toMatchObject(refusal);
  });

  documented(groups, 'are grouped in hierarchies of at most seven levels', async () => {
    const group = (level: number) =>
      iot.send(
        new CreateThingGroupCommand({
          thingGroupName: `level-${level}`,
          ...(level === 0 ? {} : { parentGroupName: `level-${level - 1}` }),
        }),
      );
    await inOrder(7, group);
    await expect(group(7)).rejects.toMatchObject(refusal);
  });

  documented(groups, 'are grouped in groups of at most a hundred direct children', async () => {
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'parent' }));
    const child = (index: number) => iot.send(new CreateThingGroupCommand({ thingGroupName: `child-${index}`, parentGroupName: 'parent' }));
    await slowly(100, child);
    await expect(child(100)).rejects.toMatchObject(refusal);
  });
});

describe('Topic rules', () => {
  documented('General Reference, "AWS IoT Core rules engine limits and quotas"', 'have at most ten actions', async () => {
    const action = { republish: { roleArn: 'arn:aws:iam::123456789012:role/none', topic: 'elsewhere' } };
    const create = (ruleName: string, count: number) =>
      iot.send(
        new CreateTopicRuleCommand({
          ruleName,
          topicRulePayload: { sql: "SELECT * FROM 'a'", actions: Array.from({ length: count }, () => action) },
        }),
      );
    await expect(create('eleven', 11)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
