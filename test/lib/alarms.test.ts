import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../setup/app.ts';
import { resourcesOfType } from './intents.ts';

const { records, onboarding } = synthesize({ configuration: { alarms: { email: 'fleet@example.com' } } });

describe('Alarms', () => {
  test('go to a topic that is encrypted, and closed to connections without TLS', () => {
    onboarding.resourceCountIs('AWS::SNS::Topic', 1);
    onboarding.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('AlarmsKey'), 'Arn'] },
    });
    onboarding.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  test('are published by CloudWatch for this account, and by no other service', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::SNS::TopicPolicy');
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Effect: string }[] };
    expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      }),
    ]);
  });

  test('are under a key that CloudWatch may use, while the key over the records stays closed to it', () => {
    onboarding.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      },
    });
    expect(JSON.stringify(resourcesOfType(records, 'AWS::KMS::Key'))).not.toContain('cloudwatch.amazonaws.com');
  });

  test('are mailed to whom the configuration names', () => {
    onboarding.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'fleet@example.com' });
  });

  test('are mailed to nobody where it names nobody; the topic is there for other subscribers', () => {
    const silent = synthesize().onboarding;
    silent.resourceCountIs('AWS::SNS::Topic', 1);
    silent.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
