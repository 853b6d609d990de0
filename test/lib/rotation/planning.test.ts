import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const lines = [{ name: 'sensor', rotation: { everyDays: 90 } }, { name: 'lamp' }];
const { operations, onboarding } = synthesize({ configuration: { lines } });

const statements = resourcesOfType(operations, 'AWS::IAM::Policy')
  .filter(({ logicalId }) => logicalId.startsWith('Rotation'))
  .flatMap(
    ({ properties }) =>
      (properties['PolicyDocument'] as { Statement: readonly { Action: unknown; Resource: unknown; Condition?: unknown }[] }).Statement,
  );

const resourcesFor = (action: string) =>
  JSON.stringify(statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource));

describe('The planner of rotations', () => {
  test('runs every five minutes', () => {
    operations.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      Description: Match.stringLikeRegexp('another credential'),
    });
  });

  test('is deployed where a line rotates, and nowhere else', () => {
    const plain = synthesize({ configuration: { lines: [{ name: 'lamp' }] } }).operations;
    expect(resourcesOfType(plain, 'AWS::Lambda::Function').filter(({ logicalId }) => logicalId.startsWith('Rotation'))).toEqual([]);
  });

  test('makes jobs of its own names for things of its own names, and changes nothing else at AWS IoT', () => {
    const actions = statements.flatMap(({ Action }) => [Action].flat()).filter((action) => String(action).startsWith('iot:'));
    expect(actions.toSorted()).toEqual(['iot:CancelJob', 'iot:CreateJob', 'iot:DescribeJob', 'iot:DescribeThing']);
    expect(resourcesFor('iot:CreateJob')).toContain('job/muster-rotation-*');
    expect(resourcesFor('iot:CreateJob')).toContain('thing/muster:*');
    expect(resourcesFor('iot:CancelJob')).not.toContain('thing/');
  });

  test('reads the list of what is due, and never the whole table', () => {
    const actions = statements.flatMap(({ Action }) => [Action].flat());
    expect(actions).not.toContain('dynamodb:Scan');
    expect(resourcesFor('dynamodb:Query')).toContain('/index/rotation');
    const limited = statements.filter(({ Action }) => [Action].flat().includes('dynamodb:PutItem'));
    expect(limited.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['enrollment#*', 'rotation#*'] } },
    ]);
  });

  // An account may have events of jobs turned off: whoever waited for them would never retire what was replaced.
  test('F18: asks its jobs how they went, and nothing waits for events of theirs', () => {
    expect(resourcesFor('iot:DescribeJob')).toContain('job/muster-rotation-*');
    for (const template of [operations, onboarding]) expect(JSON.stringify(template.toJSON())).not.toContain('$aws/events/job');
  });

  test('rings where a line has halted', () => {
    operations.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.auditEvent.code = "rotation.halted" }',
      MetricTransformations: [Match.objectLike({ MetricName: 'RotationsHalted', MetricNamespace: 'Muster/muster' })],
    });
    operations.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'muster-rotation-halted',
      MetricName: 'RotationsHalted',
      Threshold: 1,
      AlarmActions: [Match.anyValue()],
    });
  });
});
