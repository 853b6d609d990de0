import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { onboarding } = synthesize({ configuration: { prefix: 'my-fleet' } });

describe('Activation', () => {
  test('hears of connections of things, and of none under a claim', () => {
    onboarding.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: 'my_fleet_presence',
      TopicRulePayload: {
        RuleDisabled: false,
        AwsIotSqlVersion: '2016-03-23',
        Sql: Match.stringLikeRegexp(
          "^SELECT clientId, thingName, .* FROM '\\$aws/events/presence/connected/#' WHERE startswith\\(clientId, 'my-fleet:'\\)$",
        ),
      },
    });
  });

  test('keeps what its queue did not take beside what it could not read itself', () => {
    onboarding.hasResourceProperties('AWS::IoT::TopicRule', {
      TopicRulePayload: {
        Actions: [{ Sqs: Match.objectLike({ QueueUrl: { Ref: Match.stringLikeRegexp('SightingsQueue') } }) }],
        ErrorAction: { Sqs: Match.objectLike({ QueueUrl: { Ref: Match.stringLikeRegexp('DeadLetters') } }) },
      },
    });
    onboarding.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
    });
  });

  test('takes sightings in large batches, and only those back that failed', () => {
    onboarding.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('is given six times its time before a sighting is shown to another', () => {
    const [activation] = resourcesOfType(onboarding, 'AWS::Lambda::Function').filter(({ logicalId }) => logicalId.includes('Activation'));
    const [queue] = resourcesOfType(onboarding, 'AWS::SQS::Queue').filter(({ properties }) => properties['RedrivePolicy'] !== undefined);
    expect(Number(queue?.properties['VisibilityTimeout'])).toBeGreaterThanOrEqual(6 * Number(activation?.properties['Timeout']));
  });

  test('keeps its queues encrypted and closed to connections without TLS', () => {
    const queues = resourcesOfType(onboarding, 'AWS::SQS::Queue');
    for (const { properties } of queues) expect(properties['SqsManagedSseEnabled']).toBe(true);
    onboarding.resourceCountIs('AWS::SQS::QueuePolicy', queues.length);
  });

  test('may read and replace enrollments, register things, take certificates out of use and things off probation, and nothing else', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) =>
      logicalId.includes('ActivationFunctionRole'),
    );
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => !/^(sqs|logs|kms):/.test(action))).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'iot:DeleteCertificate',
      'iot:DescribeCertificate',
      'iot:DetachThingPrincipal',
      'iot:UpdateCertificate',
      'iot:CreateThing',
      'iot:DescribeThing',
      'iot:ListThingGroupsForThing',
      'iot:UpdateThing',
      'iot:AddThingToThingGroup',
      'iot:RemoveThingFromThingGroup',
      'iot:DeleteConnection',
    ]);
    for (const group of ['probation', 'quarantine', 'line-*', 'tenant-*'])
      expect(JSON.stringify(Statement)).toContain(`:thinggroup/my-fleet-${group}`);
  });

  test('may note that a device has done its job, where a line rotates', () => {
    const rotating = synthesize({ configuration: { prefix: 'my-fleet', lines: [{ name: 'sensor', rotation: {} }] } });
    const actionsOf = (template: typeof onboarding): string => JSON.stringify(resourcesOfType(template, 'AWS::IAM::Policy'));
    expect(actionsOf(rotating.onboarding)).toMatch(
      /"iotjobsdata:UpdateJobExecution"\],"Effect":"Allow","Resource":"[^"]+:thing\/my-fleet:\*"/,
    );
    expect(actionsOf(onboarding)).not.toContain('iotjobsdata');
  });

  test('is there once, whatever approaches a fleet uses', () => {
    const count = (template: typeof onboarding): number =>
      resourcesOfType(template, 'AWS::Lambda::Function').filter(({ logicalId }) => logicalId.includes('Activation')).length;
    const lines = [{ name: 'door', approaches: ['tin'] }];
    const tin = synthesize({ configuration: { lines }, approaches: { pki: () => undefined, tin: () => undefined } });
    expect([count(onboarding), count(tin.onboarding)]).toEqual([1, 1]);
  });
});

describe('Activation of a line whose devices have client ids of another service', () => {
  const lines = [
    { name: 'meter', clientIds: { path: 'projects/p1/devices' } },
    { name: 'lamp', clientIds: { assigned: true } },
  ];
  const template = synthesize({ configuration: { prefix: 'my-fleet', lines } }).onboarding;

  test('hears of these, and, where AWS IoT assigns them, of those that are of its things', () => {
    template.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: 'my_fleet_presence',
      TopicRulePayload: { Sql: Match.stringLikeRegexp("startswith\\(clientId, 'projects/p1/devices/'\\)$") },
    });
    template.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: 'my_fleet_presence_assigned',
      TopicRulePayload: { Sql: Match.stringLikeRegexp("startswith\\(thingName, 'my-fleet:'\\)$") },
    });
  });

  test('may end their connections, and no others', () => {
    const [policy] = resourcesOfType(template, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.includes('ActivationFunctionRole'));
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string; Resource: unknown }[] };
    const ends = JSON.stringify(Statement.filter(({ Action }) => Action === 'iot:DeleteConnection'));
    expect([...ends.matchAll(/:client\/([^"]+)/g)].map(([, pattern]) => pattern)).toEqual(['my-fleet:*', 'projects/p1/devices/*']);
  });
});
