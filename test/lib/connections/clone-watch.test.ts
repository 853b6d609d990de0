import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { onboarding } = synthesize({ configuration: { prefix: 'my-fleet' } });

describe('The watch for clones', () => {
  test('hears of connections of things that were taken over, and of nothing else', () => {
    onboarding.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: 'my_fleet_take_overs',
      TopicRulePayload: {
        Sql: "SELECT clientId, principalIdentifier FROM '$aws/events/presence/disconnected/#' WHERE disconnectReason = 'DUPLICATE_CLIENTID' AND (startswith(clientId, 'my-fleet:'))",
      },
    });
  });

  test('may look at connections of things, and do what a quarantine takes', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) =>
      logicalId.includes('CloneWatchFunctionRole'),
    );
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action).filter((action) => !/^(sqs|logs|kms):/.test(action))).toEqual([
      ...['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'iot:DeleteConnection', 'iot:GetConnection'],
      ...['iot:AddThingToThingGroup', 'iot:RemoveThingFromThingGroup', 'iot:DescribeCertificate', 'iot:UpdateCertificate'],
    ]);
    expect(JSON.stringify(Statement)).toContain(':client/my-fleet:*');
  });

  test('rings for one suspicion', () => {
    onboarding.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'my-fleet-clone-suspected',
      Threshold: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbook.md'),
    });
    onboarding.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.auditEvent.code = "device.clone-suspected" }',
      MetricTransformations: [Match.objectLike({ MetricNamespace: 'Muster/my-fleet', MetricName: 'ClonesSuspected' })],
    });
  });
});
