import { jest } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { buildTestApp, synthesize } from '../../setup/app.ts';

interface Retained {
  readonly DeletionPolicy?: string;
  readonly Properties: { readonly DeletionProtectionEnabled?: boolean };
}

const resourcesOfAll = (template: Template) => Object.values((template.toJSON() as { Resources: Record<string, Retained> }).Resources);

describe('What holds data', () => {
  const { records } = synthesize();

  test('is a table that survives its stack, and its own deletion', () => {
    records.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  test('is paid for by use, can be restored to any second, and is encrypted under a key of the account', () => {
    records.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('RecordsKey'), 'Arn'] },
      },
    });
  });

  test('is read by key, and by sparse indexes: of what waits for an operator, what was changed, and what is to be replaced', () => {
    const key = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];
    records.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'attention', KeySchema: key('attention', 'pk'), Projection: { ProjectionType: 'ALL' } },
        {
          IndexName: 'reconcile',
          KeySchema: key('reconcile', 'reconcileAt'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['thingName'] },
        },
        {
          IndexName: 'rotation',
          KeySchema: key('rotationLine', 'rotateAt'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['thingName', 'credentialSince'] },
        },
      ],
      LocalSecondaryIndexes: Match.absent(),
    });
  });

  test('forgets by itself only what says when', () => {
    records.hasResourceProperties('AWS::DynamoDB::Table', {
      TimeToLiveSpecification: { AttributeName: 'expiresAtSeconds', Enabled: true },
    });
  });

  test('has an audit log that survives its stack, is encrypted, and is kept for a year', () => {
    records.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() },
    });
  });

  test('has a key that survives its stack, is rotated, and lets in CloudWatch Logs for log groups of this account only', () => {
    records.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    records.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'CloudWatchLogs', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } } }),
        ]),
      },
    });
  });

  test('tells the command line where it is', () => {
    records.hasOutput('TableName', {});
    records.hasOutput('AuditLogGroupName', {});
  });

  test('is in a stack that cannot be terminated', () => {
    expect(buildTestApp().records.terminationProtection).toBe(true);
  });
});

describe('What holds data, where the context says that it is for a test', () => {
  const printed: string[] = [];
  jest.spyOn(console, 'error').mockImplementation((text) => printed.push(String(text)));
  const { records } = buildTestApp({ context: { 'muster:ephemeral': 'true' } });
  const resources = resourcesOfAll(synthesize({ context: { 'muster:ephemeral': true } }).records);

  test('goes with its stack', () => {
    expect(records.terminationProtection).toBe(false);
    // What says nothing goes with its stack as well.
    expect(resources.map(({ DeletionPolicy = 'Delete' }) => DeletionPolicy)).not.toContain('Retain');
    expect(resources.some(({ Properties }) => Properties.DeletionProtectionEnabled === true)).toBe(false);
  });

  test('says so at every synth', () => {
    expect(printed.join()).toContain('WARNING muster:ephemeral is set: enrollments, claims and the audit log are NOT protected');
  });
});

describe('A context that says neither that data goes nor that it stays', () => {
  test('fails the synth and says what is allowed', () => {
    expect(() => buildTestApp({ context: { 'muster:ephemeral': 'yes' } })).toThrow(ConfigurationError);
    expect(() => buildTestApp({ context: { 'muster:ephemeral': 'yes' } })).toThrow(/got "yes"; allowed is true or false/);
  });
});
