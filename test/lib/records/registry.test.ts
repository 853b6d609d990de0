import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

describe('The registry of a deployment with two lines and two tenants', () => {
  const { records } = synthesize({
    configuration: {
      lines: [{ name: 'pump', description: 'Water pumps' }, { name: 'valve' }],
      tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }, { name: 'umbrella' }],
    },
  });

  test('has a thing type per line, by whose tenant and approach things can be found, and without the description, which could never change', () => {
    expect(resourcesOfType(records, 'AWS::IoT::ThingType').map(({ properties }) => properties['ThingTypeName'])).toEqual([
      'muster-pump',
      'muster-valve',
    ]);
    records.hasResourceProperties('AWS::IoT::ThingType', {
      ThingTypeName: 'muster-pump',
      ThingTypeProperties: { SearchableAttributes: ['tenant', 'approach'], ThingTypeDescription: Match.absent() },
    });
  });

  test('has a group per line, one per tenant, probation and quarantine', () => {
    expect(resourcesOfType(records, 'AWS::IoT::ThingGroup').map(({ properties }) => properties['ThingGroupName'])).toEqual([
      'muster-probation',
      'muster-line-pump',
      'muster-line-valve',
      'muster-tenant-acme',
      'muster-tenant-umbrella',
      'muster-quarantine',
    ]);
  });

  test('has roots for groups only, because a thing may not be in two groups of one hierarchy', () => {
    for (const { properties } of resourcesOfType(records, 'AWS::IoT::ThingGroup')) expect(properties).not.toHaveProperty('ParentGroupName');
  });

  test('puts policies on groups by a function of ours, which knows policy and group by reference', () => {
    records.resourceCountIs('Custom::MusterGroupPolicy', 3);
    records.hasResourceProperties('Custom::MusterGroupPolicy', {
      ServiceToken: { 'Fn::GetAtt': [Match.stringLikeRegexp('GroupPoliciesFunction'), 'Arn'] },
      PolicyName: { Ref: Match.stringLikeRegexp('QuarantinePolicy') },
      ThingGroupArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('QuarantineGroup'), 'Arn'] },
    });
  });

  test('lets that function touch thing groups of this deployment and nothing else', () => {
    records.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('GroupPolicies'),
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
          {
            Effect: 'Allow',
            Action: ['iot:AttachPolicy', 'iot:DetachPolicy'],
            Resource: { 'Fn::Join': ['', Match.arrayWith([':thinggroup/muster-*'])] },
          },
        ],
      },
    });
  });
});

describe('The groups that a line chooses from', () => {
  const europe = { when: { market: ['eu'] }, group: 'europe' };
  const { records } = synthesize({
    configuration: {
      lines: [
        { name: 'pump', allocation: [europe, { when: { market: ['uk'] }, group: 'europe' }, { group: 'elsewhere' }] },
        { name: 'valve' },
      ],
    },
  });
  const below = resourcesOfType(records, 'AWS::IoT::ThingGroup').filter(({ properties }) => properties['ParentGroupName'] !== undefined);

  test('lie below its own, each once, however many rules choose it', () => {
    expect(below.map(({ properties }) => [properties['ThingGroupName'], properties['ParentGroupName']])).toEqual([
      ['muster-line-pump:europe', 'muster-line-pump'],
      ['muster-line-pump:elsewhere', 'muster-line-pump'],
    ]);
  });

  test('come after it', () => {
    records.hasResource('AWS::IoT::ThingGroup', {
      Properties: { ThingGroupName: 'muster-line-pump:europe' },
      DependsOn: [Match.stringLikeRegexp('LineGrouppump')],
    });
  });
});

describe('A device in quarantine', () => {
  const { records } = synthesize();

  test('may use nothing but its own diagnosis topics, whatever else allows it more', () => {
    const [quarantine] = resourcesOfType(records, 'AWS::IoT::Policy').filter(
      ({ properties }) => properties['PolicyName'] === 'muster-quarantine',
    );
    const diagnosis = 'muster/things/${iot:Connection.Thing.ThingName}/diagnosis/*';
    const arn = 'arn:aws-us-gov:iot:us-gov-west-1:123456789012:';
    expect(quarantine?.properties['PolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Action: ['iot:Publish', 'iot:RetainPublish', 'iot:Receive'], NotResource: [`${arn}topic/${diagnosis}`] },
        { Effect: 'Deny', Action: ['iot:Subscribe'], NotResource: [`${arn}topicfilter/${diagnosis}`] },
      ],
    });
  });
});
