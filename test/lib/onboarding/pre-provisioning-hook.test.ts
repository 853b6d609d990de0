import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { onboarding } = synthesize({
  configuration: { lines: [{ name: 'pump' }, { name: 'valve' }], reservedConcurrency: { preProvisioningHook: 20 }, refusalFloorMs: 450 },
});
const logicalIdOf = (description: string): string =>
  resourcesOfType(onboarding, 'AWS::Lambda::Function').find(({ properties }) => String(properties['Description']).includes(description))
    ?.logicalId ?? '';

describe('The hook', () => {
  test('runs on Node 24 and arm64, within the five seconds that AWS IoT waits, outside any VPC', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('admits a device'),
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 5,
      ReservedConcurrentExecutions: 20,
      VpcConfig: Match.absent(),
    });
  });

  test('is told its table, its names and how long a refusal takes', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: { TABLE_NAME: Match.anyValue(), PREFIX: 'muster', TOPIC_PREFIX: 'muster', REFUSAL_FLOOR_MS: '450' },
      },
    });
  });

  test('writes to the audit log group, so that an audit event costs no request', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('admits a device'),
      LoggingConfig: { LogGroup: { 'Fn::ImportValue': Match.stringLikeRegexp('AuditLog') }, LogFormat: 'JSON' },
    });
  });

  test('may read in one batch and write in one transaction, and nothing else', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.includes('pkiHookFunctionRole'));
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GenerateDataKey',
    ]);
  });

  test('has an alias that points at the version of this code', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      FunctionName: { Ref: logicalIdOf('admits a device') },
      FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('CurrentVersion'), 'Version'] },
    });
  });

  test('may be called by AWS IoT for each template of this account, by name, and for no other', () => {
    onboarding.resourcePropertiesCountIs('AWS::Lambda::Permission', { FunctionName: { Ref: Match.stringLikeRegexp('Alias') } }, 2);
    for (const line of ['pump', 'valve']) {
      onboarding.hasResourceProperties('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
        FunctionName: { Ref: Match.stringLikeRegexp('Alias') },
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::Join': ['', Match.arrayWith([`:provisioningtemplate/muster-${line}`])] },
      });
    }
  });
});
