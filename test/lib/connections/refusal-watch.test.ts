import { Match } from 'aws-cdk-lib/assertions';
import { buildTestApp, synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const configured = (more: object = {}) => ({
  configuration: { prefix: 'my-fleet', lines: [{ name: 'sensor', triggers: { refusedPublishes: 'alarm' }, ...more }, { name: 'valve' }] },
});

const watching = (more: object = {}) => synthesize(configured(more)).onboarding;

describe('The watch for refused publishes', () => {
  test('is not there unless a line wants it', () => {
    synthesize({}).onboarding.resourceCountIs('AWS::Logs::SubscriptionFilter', 0);
  });

  test('passes the checks of a synth', () => {
    expect(() => buildTestApp(configured()).app.synth()).not.toThrow();
  });

  test('hears of messages of things that were not authorized, and of nothing else', () => {
    watching().hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      LogGroupName: 'AWSIotLogsV2',
      FilterPattern:
        '{ ($.eventType = "Publish-In") && ($.status = "Failure") && ($.reason = "AUTHORIZATION_FAILURE") && (($.clientId = "my-fleet:*")) }',
    });
  });

  test('hears of devices that keep the ids of another service, too', () => {
    watching({ clientIds: { path: 'projects/p' } }).hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      FilterPattern: Match.stringLikeRegexp('"my-fleet:\\*"\\) \\|\\| \\(\\$\\.clientId = "projects/p/\\*"'),
    });
  });

  test("does not make the log group, which is AWS IoT's and the account's", () => {
    expect(JSON.stringify(resourcesOfType(watching(), 'AWS::Logs::LogGroup'))).not.toContain('AWSIotLogsV2');
  });

  test('may do what a quarantine takes, and CloudWatch Logs may call it for that log group', () => {
    const [policy] = resourcesOfType(watching(), 'AWS::IAM::Policy').filter(({ logicalId }) =>
      logicalId.includes('RefusalWatchFunctionRole'),
    );
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => !/^(logs|kms):/.test(action))).toEqual([
      ...['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'iot:DeleteConnection'],
      ...['iot:AddThingToThingGroup', 'iot:RemoveThingFromThingGroup', 'iot:DescribeCertificate', 'iot:UpdateCertificate'],
    ]);
    watching().hasResourceProperties('AWS::Lambda::Permission', { Principal: 'logs.amazonaws.com', SourceArn: Match.anyValue() });
  });

  test('is subscribed once CloudWatch Logs may call it, which looks whether it can', () => {
    const [permission] = resourcesOfType(watching(), 'AWS::Lambda::Permission').filter(
      ({ properties }) => properties['Principal'] === 'logs.amazonaws.com',
    );
    watching().hasResource('AWS::Logs::SubscriptionFilter', { DependsOn: Match.arrayWith([permission?.logicalId]) });
  });

  test('rings for one suspicion', () => {
    watching().hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'my-fleet-publishes-refused',
      Threshold: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbook.md'),
    });
    watching().hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '{ $.auditEvent.code = "device.publishes-refused" }' });
  });
});
