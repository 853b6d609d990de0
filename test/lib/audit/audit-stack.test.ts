import { Match } from 'aws-cdk-lib/assertions';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { buildTestApp, synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { records, audit } = synthesize();

describe('The sealed history', () => {
  test('is in a bucket whose versions nobody deletes for seven years without a permission that nobody is given', () => {
    records.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2557 } } },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
    expect(JSON.stringify(audit.toJSON())).not.toContain('BypassGovernanceRetention');
  });

  test('is locked for good only where the configuration says so twice', () => {
    const configuration = { audit: { lock: 'compliance', retainDays: 400, confirmedDays: 400 } };
    synthesize({ configuration }).records.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } } },
    });
    expect(() => buildTestApp({ configuration: { audit: { lock: 'compliance' } } })).toThrow(ConfigurationError);
  });

  test('is not locked for good in a deployment that may be deleted', () => {
    const configuration = { audit: { lock: 'compliance', retainDays: 400, confirmedDays: 400 } };
    expect(() => buildTestApp({ configuration, context: { 'muster:ephemeral': true } })).toThrow(/audit\.lock/);
  });

  test('is encrypted under the key over all records, closed to the public and to connections without TLS', () => {
    const buckets = resourcesOfType(records, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const { properties } of buckets) {
      expect(properties['PublicAccessBlockConfiguration']).toEqual({
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      });
      expect(JSON.stringify(properties['BucketEncryption'])).toContain('RecordsKey');
    }
    for (const { properties } of resourcesOfType(records, 'AWS::S3::BucketPolicy')) {
      expect(JSON.stringify(properties['PolicyDocument'])).toContain('"aws:SecureTransport":"false"');
    }
  });

  test('waits in a bucket that forgets after thirty days', () => {
    records.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30, Status: 'Enabled' })] },
      VersioningConfiguration: Match.absent(),
    });
  });

  test('is signed by a key on P-256 that outlives its stack', () => {
    records.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } });
  });
});

describe('The way of events into it', () => {
  test('begins at every event of the audit log', () => {
    audit.hasResourceProperties('AWS::Logs::SubscriptionFilter', { FilterPattern: '{ $.auditEvent.id = "*" }' });
  });

  test('is there before anything decides', () => {
    const { audit: stack, onboarding, operations } = buildTestApp();
    for (const other of [onboarding, operations]) expect(other.dependencies).toContain(stack);
  });

  test('loses nothing that the function does not take: it goes to a queue that rings', () => {
    audit.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    audit.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'muster-audit-stuck',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
    });
  });

  test('is sealed as often as the configuration says, by who may sign, add and read, and not change what is there', () => {
    audit.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(15 minutes)' });
    synthesize({ configuration: { audit: { sealMinutes: 5 } } }).audit.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
    });
    const policies = resourcesOfType(audit, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('Sealing'));
    const actions = [...new Set(JSON.stringify(policies).match(/"(s3|kms):(?!ViaService|SigningAlgorithm)[A-Za-z*]+"/g))].toSorted();
    expect(actions.map((action) => JSON.parse(action) as unknown)).toEqual([
      ...['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Sign'],
      ...['s3:DeleteObject', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions', 's3:PutObject'],
    ]);
  });

  test('is witnessed by a bucket of others, into which the function may put seals and nothing else', () => {
    const { audit: publishing } = synthesize({ configuration: { audit: { publish: { bucket: 'witness-of-others' } } } });
    const statement = Match.objectLike({
      Action: 's3:PutObject',
      Resource: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([':s3:::witness-of-others/muster/seals/*'])] }),
    });
    publishing.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([statement]) } });
    publishing.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ PUBLISH_BUCKET_NAME: 'witness-of-others' }) },
    });
    expect(() => buildTestApp({ configuration: { audit: { publish: { bucket: 'arn:aws:s3:::x' } } } })).toThrow(/audit\.publish\.bucket/);
  });

  test('rings when the log could not hand over what it was told', () => {
    audit.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'muster-audit-undelivered',
      Namespace: 'AWS/Logs',
      MetricName: 'DeliveryErrors',
      Dimensions: Match.arrayWith([{ Name: 'FilterName', Value: { Ref: Match.stringLikeRegexp('Events') } }]),
    });
  });

  test('rings when nothing was sealed for two hours', () => {
    audit.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'muster-audit-unsealed', Statistic: 'Maximum', Threshold: 7200 });
  });

  test('rings when nobody runs what seals, while others report: silence counts as none', () => {
    audit.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ ($.AuditSealLagSeconds >= 0) || ($.AuditEventsSealed >= 0) }',
      MetricTransformations: [Match.objectLike({ MetricName: 'AuditSealingReports', MetricValue: '1', DefaultValue: 0 })],
    });
    audit.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'muster-audit-silent', MetricName: 'AuditSealingReports', Namespace: 'Muster/muster' },
      ...{ Threshold: 1, ComparisonOperator: 'LessThanThreshold', Period: 3600, EvaluationPeriods: 2 },
    });
  });

  test('rings when what AWS told could not be put on record', () => {
    audit.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'muster-audit-unread', MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 },
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('SourcesToldDeadLetters'), 'QueueName'] } }],
    });
  });

  test('writes to where it waits, and can neither read nor delete there', () => {
    const policies = JSON.stringify(resourcesOfType(audit, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('Intake')));
    expect(policies).toContain('s3:PutObject');
    for (const action of ['s3:Get', 's3:Delete', 's3:*', 'kms:Decrypt', 'kms:Sign']) expect(policies).not.toContain(action);
  });
});
