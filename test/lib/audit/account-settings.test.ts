import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';

const settings = { iotLogging: 'manage', trail: 'manage' };

describe('Account-wide settings', () => {
  test('are left alone unless the configuration says so', () => {
    const { audit } = synthesize();
    for (const type of ['Custom::MusterIotLogging', 'Custom::MusterAccountTrail', 'AWS::Logs::SubscriptionFilter'])
      audit.resourceCountIs(type, type === 'AWS::Logs::SubscriptionFilter' ? 1 : 0);
  });

  test('are read, and not taken over, where the account’s log is to be used', () => {
    const { audit } = synthesize({ configuration: { accountWide: { iotLogging: 'use' } } });
    audit.resourceCountIs('Custom::MusterIotLogging', 0);
    audit.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      LogGroupName: 'AWSIotLogsV2',
      FilterPattern: '{ $.status = "Failure" }',
    });
  });

  test('are taken over by a function that may do that and no more, and are there before the log is read', () => {
    const { audit } = synthesize({ configuration: { accountWide: settings } });
    audit.hasResource('AWS::Logs::SubscriptionFilter', {
      Properties: { LogGroupName: 'AWSIotLogsV2' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^AccountSettingsLogging')]),
    });
    audit.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'iam:PassRole', Condition: { StringEquals: { 'iam:PassedToService': 'iot.amazonaws.com' } } }),
          Match.objectLike({
            Action: ['cloudtrail:CreateTrail', 'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StartLogging'],
          }),
        ]),
      },
    });
    audit.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'cloudtrail.amazonaws.com' }, Effect: 'Allow' }),
        ]),
      },
    });
  });
});
