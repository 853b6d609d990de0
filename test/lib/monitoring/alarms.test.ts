import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { records } = synthesize({ configuration: { alarms: { email: 'fleet@example.com' } } });

describe('Alarms', () => {
  test('go to a topic that is encrypted, and closed to connections without TLS', () => {
    records.resourceCountIs('AWS::SNS::Topic', 1);
    records.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('AlarmsKey'), 'Arn'] },
    });
    records.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  test('are published by CloudWatch for this account, and by no other service', () => {
    const [policy] = resourcesOfType(records, 'AWS::SNS::TopicPolicy');
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
    records.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      },
    });
    const others = resourcesOfType(records, 'AWS::KMS::Key').filter(({ logicalId }) => !logicalId.includes('Alarms'));
    expect(others).toHaveLength(2);
    expect(JSON.stringify(others)).not.toContain('cloudwatch.amazonaws.com');
  });

  test('keep their subscribers when everything else is deployed anew', () => {
    records.hasResource('AWS::SNS::Topic', { DeletionPolicy: 'Retain' });
  });

  test('are mailed to whom the configuration names', () => {
    records.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'fleet@example.com' });
  });

  test('are mailed to nobody where it names nobody; the topic is there for other subscribers', () => {
    const silent = synthesize().records;
    silent.resourceCountIs('AWS::SNS::Topic', 1);
    silent.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
