import { Match } from 'aws-cdk-lib/assertions';
import { auditedChecks } from '../../../domain/defender/audited-checks.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const configuration = { prefix: 'my-fleet', accountWide: { deviceDefender: 'manage' } };
const { operations } = synthesize({ configuration });
const unmanaged = synthesize({ configuration: { prefix: 'my-fleet' } }).operations;

const actionsOf = (template: typeof operations, part: string): readonly string[] =>
  resourcesOfType(template, 'AWS::IAM::Policy')
    .filter(({ logicalId }) => logicalId.startsWith(part))
    .flatMap(({ properties }) => (properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] }).Statement)
    .flatMap(({ Action }) => Action);

describe('Device Defender, where the configuration says so', () => {
  test('has every check enabled, and tells a topic', () => {
    const [audits] = resourcesOfType(operations, 'AWS::IoT::AccountAuditConfiguration');
    const checks = Object.values((audits?.properties['AuditCheckConfigurations'] ?? {}) as Record<string, unknown>);
    expect(checks).toEqual(auditedChecks.map(() => ({ Enabled: true })));
    expect(audits?.properties['AuditNotificationTargetConfigurations']).toMatchObject({ Sns: { Enabled: true } });
  });

  test('audits each day, and has a mitigation action that tells the same topic', () => {
    operations.hasResourceProperties('AWS::IoT::ScheduledAudit', {
      ...{ ScheduledAuditName: 'my-fleet-daily', Frequency: 'DAILY', TargetCheckNames: [...auditedChecks] },
    });
    operations.hasResourceProperties('AWS::IoT::MitigationAction', {
      ActionName: 'my-fleet-quarantine',
      ActionParams: { PublishFindingToSnsParams: { TopicArn: Match.anyValue() } },
    });
  });

  test('makes no security profile, which AWS refuses to new customers', () => {
    expect(resourcesOfType(operations, 'AWS::IoT::SecurityProfile')).toEqual([]);
  });

  test('watches the things of each line where the account has Detect, and tells the same topic', () => {
    const { operations: detecting } = synthesize({
      configuration: { ...configuration, accountWide: { deviceDefender: 'manage', detect: 'use' } },
    });
    detecting.hasResourceProperties('AWS::IoT::SecurityProfile', {
      SecurityProfileName: 'my-fleet-devices',
      Behaviors: [Match.objectLike({ Name: 'connecting-too-often', Metric: 'aws:num-connection-attempts' })],
      AlertTargets: { SNS: Match.anyValue() },
      TargetArns: [Match.anyValue()],
    });
  });

  test('reads with one role, tells with another, and both trust AWS IoT in this account alone', () => {
    const trusting = resourcesOfType(operations, 'AWS::IAM::Role').filter(({ logicalId }) => logicalId.startsWith('DeviceDefender'));
    const iot = trusting.filter(({ properties }) => JSON.stringify(properties['AssumeRolePolicyDocument']).includes('iot.amazonaws.com'));
    expect(iot).toHaveLength(2);
    for (const { properties } of iot) expect(JSON.stringify(properties['AssumeRolePolicyDocument'])).toContain('aws:SourceAccount');
    expect(actionsOf(operations, 'DeviceDefenderToldTellingRole')).toEqual(['sns:Publish', 'kms:Decrypt', 'kms:GenerateDataKey']);
    expect(actionsOf(operations, 'DeviceDefenderAuditRole').filter((action) => !/^iot:(Describe|Get|List)/.test(action))).toEqual([]);
  });

  test('lets claims be suppressed when they begin, and no longer when they end', () => {
    expect(actionsOf(operations, 'OperationsFunctionRole')).toEqual(
      expect.arrayContaining(['iot:CreateAuditSuppression', 'iot:DeleteAuditSuppression']),
    );
    const sweep = actionsOf(operations, 'ClaimsSweepFunctionRole');
    expect(sweep).toContain('iot:DeleteAuditSuppression');
    expect(sweep).not.toContain('iot:CreateAuditSuppression');
  });

  test('rings for a finding', () => {
    operations.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'my-fleet-defender-found', Threshold: 1 });
  });
});

describe('Device Defender, where nobody said so', () => {
  test('is not touched', () => {
    for (const type of ['AccountAuditConfiguration', 'ScheduledAudit', 'MitigationAction', 'SecurityProfile'])
      expect(resourcesOfType(unmanaged, `AWS::IoT::${type}`)).toEqual([]);
    expect(actionsOf(unmanaged, 'OperationsFunctionRole').filter((action) => action.includes('Audit'))).toEqual([]);
  });
});
