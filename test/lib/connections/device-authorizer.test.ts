import { Match } from 'aws-cdk-lib/assertions';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';
import { buildBare, withBare } from '../bare-approach.ts';

const { onboarding } = synthesize(withBare());
const authorizerArn = 'arn:aws-us-gov:iot:us-gov-west-1:123456789012:authorizer/muster-psk';

describe('An authorizer', () => {
  test('is active, asks for no signature, and is nobody’s default', () => {
    onboarding.hasResourceProperties('AWS::IoT::Authorizer', {
      AuthorizerName: 'muster-psk',
      AuthorizerFunctionArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('pskAuthorizerFunction'), 'Arn'] },
      SigningDisabled: true,
      Status: 'ACTIVE',
    });
    onboarding.resourceCountIs('AWS::IoT::DomainConfiguration', 0);
  });

  test('may be called by AWS IoT for this account and this authorizer, and for no other', () => {
    const [permission] = resourcesOfType(onboarding, 'AWS::Lambda::Permission').filter(({ logicalId }) =>
      logicalId.includes('pskAuthorizer'),
    );
    expect(permission?.properties).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceAccount: '123456789012',
      SourceArn: authorizerArn,
    });
  });

  test('has a function that ends when AWS IoT no longer waits, and knows its table, its names and its account', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Muster: lets a device connect.',
      Timeout: 5,
      Environment: {
        Variables: {
          ...{ TABLE_NAME: Match.anyValue(), PREFIX: 'muster', TOPIC_PREFIX: 'muster', REFUSAL_FLOOR_MS: '300' },
          ...{ PARTITION: { Ref: 'AWS::Partition' }, ACCOUNT: { Ref: 'AWS::AccountId' } },
        },
      },
    });
  });

  test.each([
    ['20 of it', undefined, 20],
    ['as many as is said', 7, 7],
  ])('runs %s at once, so that a flood leaves the account its other functions', (_, reservedConcurrency, expected) => {
    const [authorizer] = resourcesOfType(synthesize(withBare({ reservedConcurrency })).onboarding, 'AWS::Lambda::Function').filter(
      ({ properties }) => properties['Description'] === 'Muster: lets a device connect.',
    );
    expect(authorizer?.properties['ReservedConcurrentExecutions']).toBe(expected);
  });

  test('takes from the account’s pool where that is said', () => {
    synthesize(withBare({ reservedConcurrency: 'shared' })).onboarding.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Muster: lets a device connect.',
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  test('may do with the table what it was given, and nothing else', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) =>
      logicalId.includes('pskAuthorizerFunctionRole'),
    );
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'dynamodb:GetItem',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GenerateDataKey',
    ]);
  });

  test('passes every check of a synth', () => {
    expect(() => buildBare().app.synth()).not.toThrow();
  });

  test('is refused where its answer could not hold what a line shares', () => {
    const sharedTopics = Array.from({ length: 8 }, (_, index) => ({ topic: `${index}`.padEnd(1_200, 'x') }));
    expect(() => buildBare({}, { lines: [{ name: 'can', approaches: ['psk'], sharedTopics }] })).toThrow(ConfigurationError);
  });
});

describe('Devices that keep the topics of another service', () => {
  const lines = ['can', 'jar'].map((name) => ({ name, approaches: ['psk'], clientIds: { path: `projects/acme/${name}` } }));

  test('are of one line, because a serial number is unique within its line only', () => {
    expect(() => buildBare({ inheritsTopics: true }, { lines })).toThrow(/lines\.1\.clientIds\.path: got "projects\/acme\/jar"/);
    expect(() => buildBare({ inheritsTopics: true }, { lines: lines.slice(1) })).not.toThrow();
    expect(() => buildBare({}, { lines })).not.toThrow();
  });
});

describe('What an authorizer decides', () => {
  const filters = resourcesOfType(onboarding, 'AWS::Logs::MetricFilter').map(({ properties }) => properties);
  const filtersOf = (metric: string) =>
    filters.filter(({ MetricTransformations }) => JSON.stringify(MetricTransformations).includes(`"${metric}"`));

  test.each(['ConnectionsGranted', 'ConnectionsRestricted'])('is counted from the audit log, by approach: %s', (metric) => {
    expect(filtersOf(metric)).toEqual([
      expect.objectContaining({
        MetricTransformations: [
          {
            MetricNamespace: 'Muster/muster',
            MetricName: metric,
            MetricValue: '1',
            Dimensions: [{ Key: 'Approach', Value: '$.auditEvent.approach' }],
          },
        ],
      }),
    ]);
  });

  test('is counted also where a flood left it out of the record', () => {
    const patterns = filtersOf('ConnectionsRefused').map(({ FilterPattern, MetricTransformations }) => [
      FilterPattern,
      (MetricTransformations as { MetricValue: string }[])[0]?.MetricValue,
    ]);
    const refused = '($.auditEvent.code = "connection.refused") && ($.auditEvent.approach = "psk")';
    expect(patterns).toEqual([
      [`{ ${refused} }`, '1'],
      [`{ ${refused} && ($.auditEvent.leftOut > 0) }`, '$.auditEvent.leftOut'],
    ]);
  });

  test('raises an alarm when it is many refusals', () => {
    synthesize(withBare({}, { alarms: { connectionRefusalsPerFiveMinutes: 40 } })).onboarding.hasResourceProperties(
      'AWS::CloudWatch::Alarm',
      {
        AlarmName: 'muster-psk-refusals',
        Namespace: 'Muster/muster',
        MetricName: 'ConnectionsRefused',
        Dimensions: [{ Name: 'Approach', Value: 'psk' }],
        Statistic: 'Sum',
        Period: 300,
        Threshold: 40,
        TreatMissingData: 'notBreaching',
        AlarmActions: [Match.anyValue()],
      },
    );
  });
});
