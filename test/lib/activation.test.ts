import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../setup/app.ts';
import { resourcesOfType } from './intents.ts';

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

  test('may read and replace enrollments, take certificates out of use and things off probation, and nothing else', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) =>
      logicalId.includes('pkiActivationFunctionRole'),
    );
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => !/^(sqs|logs|kms):/.test(action))).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'iot:DeleteCertificate',
      'iot:DescribeCertificate',
      'iot:DetachPolicy',
      'iot:DetachThingPrincipal',
      'iot:UpdateCertificate',
      'iot:ListAttachedPolicies',
      'iot:RemoveThingFromThingGroup',
      'iot:AddThingToThingGroup',
      'iot:DescribeThing',
      'iot:ListThingGroupsForThing',
      'iot:DeleteConnection',
    ]);
    expect(JSON.stringify(Statement)).toContain(':thinggroup/my-fleet-probation');
  });
});
