import { Match } from 'aws-cdk-lib/assertions';
import * as approaches from '../../../bin/approaches.ts';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const configuration = { prefix: 'my-fleet', lines: [{ name: 'sensor', recovery: 'ticket' }, { name: 'gateway' }] };
const { onboarding } = synthesize({ configuration, approaches });

describe('The recovery authorizer', () => {
  test('is there where a line asks for it, and is nobody’s default', () => {
    onboarding.hasResourceProperties('AWS::IoT::Authorizer', {
      AuthorizerName: 'my-fleet-recovery',
      SigningDisabled: true,
      Status: 'ACTIVE',
    });
    const none = synthesize({ configuration: { lines: [{ name: 'sensor' }] }, approaches }).onboarding;
    none.resourceCountIs('AWS::IoT::Authorizer', 0);
  });

  test('may be called by AWS IoT for itself alone', () => {
    onboarding.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'iot.amazonaws.com',
      SourceAccount: Match.anyValue(),
      SourceArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':authorizer/my-fleet-recovery$')])] },
    });
  });

  test('keeps a few calls to itself, and reaches enrollments and claims and nothing else', () => {
    const [authorizer] = resourcesOfType(onboarding, 'AWS::Lambda::Function').filter(({ logicalId }) => logicalId.includes('pkiRecovery'));
    expect(authorizer?.properties['ReservedConcurrentExecutions']).toBe(5);
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.includes('pkiRecovery'));
    const { Statement } = policy?.properties['PolicyDocument'] as { Statement: { Action: string | string[]; Condition?: object }[] };
    const table = Statement.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')));
    expect(table).toMatchObject([
      {
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['enrollment#*', 'claim#*'] } },
      },
    ]);
  });

  test('rings when it refuses many', () => {
    onboarding.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'my-fleet-pki-refusals' });
  });

  test('is not for lines whose devices have no certificate', () => {
    const lines = [{ name: 'valve', approaches: ['psk'], attestation: 'device-secret', recovery: 'ticket' }];
    expect(() => synthesize({ configuration: { lines }, approaches })).toThrow(ConfigurationError);
  });
});
