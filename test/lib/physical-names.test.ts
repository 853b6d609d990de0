import * as approaches from '../../bin/approaches.ts';
import { resourcesOf } from '../../lib/rules/read-template.ts';
import { synthesize } from '../setup/app.ts';
import { type NamedResource, namedResources } from './physical-names.data.ts';

/** Types whose resources AWS knows by a name of our choice, and the property that has it. */
const naming: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IoT::Authorizer': 'AuthorizerName',
  'AWS::IoT::Policy': 'PolicyName',
  'AWS::IoT::ProvisioningTemplate': 'TemplateName',
  'AWS::IoT::ThingGroup': 'ThingGroupName',
  'AWS::IoT::ThingType': 'ThingTypeName',
  'AWS::IoT::TopicRule': 'RuleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'Custom::MusterDomainConfiguration': 'Name',
};

/** One of everything that has a name. */
const configuration = {
  lines: [
    { name: 'sensor', allocation: [{ group: 'europe' }], clientIds: { assigned: true }, triggers: { refusedPublishes: 'alarm' } },
    { name: 'valve', approaches: ['psk'] },
    { name: 'beacon', approaches: ['oauth'] },
  ],
  tenants: [{ name: 'acme', sharedTopics: [{ topic: 'notices' }] }],
  operators: { factory: [{ name: 'plant-7', lines: ['sensor'] }], support: [{ name: 'desk', tenants: ['acme'] }] },
  approaches: { oauth: { issuers: [{ issuer: 'https://issuer.example', audience: 'fleet' }], domain: true } },
};

const now: readonly NamedResource[] = Object.entries(synthesize({ configuration, approaches }))
  .flatMap(([stack, template]) => resourcesOf(template.toJSON()).map((resource) => ({ stack, ...resource })))
  .flatMap(({ stack, logicalId, type, properties }): readonly NamedResource[] => {
    const name = properties[naming[type] ?? ''];
    return typeof name === 'string' ? [[type, name, stack, logicalId]] : [];
  })
  .toSorted(([...one], [...other]) => one.join(' ').localeCompare(other.join(' ')));

const place = ([, , stack, logicalId]: NamedResource): string => `${logicalId} of the stack "${stack}"`;

describe('F25: A name that AWS knows a resource by', () => {
  test('belongs to one resource', () => {
    const names = now.map(([type, name]) => `${type} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('does not move to another logical id or stack', () => {
    const moved = now.flatMap((resource) => {
      const before = namedResources.find(([type, name]) => type === resource[0] && name === resource[1]);
      if (before === undefined || place(before) === place(resource)) return [];
      return `The ${resource[0]} "${resource[1]}" was ${place(before)} and is ${place(resource)} now. CloudFormation makes the new one before it deletes
the old, and AWS refuses the name: no deployment of a version before could be updated. Keep the ids of the constructs above it
(or overrideLogicalId), or give it another name. Where nothing is deployed that could be updated, correct the record.`;
    });
    expect(moved).toEqual([]);
  });

  test('is on record, so that the next change can be told from this one', () => {
    expect(now).toEqual(namedResources);
  });
});
