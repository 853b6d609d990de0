import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DeleteLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreatePolicyVersionCommand, IoTClient } from '@aws-sdk/client-iot';

import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

const document = (Action: string): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

const template = {
  Resources: {
    Policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'devices', PolicyDocument: document('iot:Connect') } },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'kept', RetentionInDays: '30' } },
    Gone: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'gone' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'sweep', ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' } },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        ...{ TableName: 'doors', BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true },
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ...{ Namespace: 'N', MetricName: 'M', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 3 },
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Type: 'String', Value: 'b' } },
  },
};

let aws: LocalAws;
let config: { readonly endpoint: string; readonly region: string; readonly credentials: LocalAws['credentials'] };
let cloudFormation: CloudFormationClient;

beforeAll(async () => {
  aws = await startLocalAws();
  config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials };
  cloudFormation = new CloudFormationClient(config);
  await cloudFormation.send(new CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 20, minDelay: 1 }, { StackName: 's' });
});
afterAll(async () => {
  cloudFormation.destroy();
  await aws.stop();
});

const detect = async () => {
  const { StackDriftDetectionId } = await cloudFormation.send(new DetectStackDriftCommand({ StackName: 's' }));
  return cloudFormation.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
};

const drifts = async (): Promise<Readonly<Record<string, StackResourceDrift>>> => {
  const { StackResourceDrifts = [] } = await cloudFormation.send(new DescribeStackResourceDriftsCommand({ StackName: 's' }));
  return Object.fromEntries(StackResourceDrifts.map((drift) => [drift.LogicalResourceId ?? '', drift] as const));
};

const guide = 'CloudFormation user guide, "Detect unmanaged configuration changes to stacks and resources with drift detection"';

documented(guide, 'a stack that nobody touched is in sync, as far as its types can be read', async () => {
  expect(await detect()).toMatchObject({
    DetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'IN_SYNC',
    DriftedStackResourceCount: 0,
  });
  const states = Object.entries(await drifts()).map(([id, { StackResourceDriftStatus }]) => [id, StackResourceDriftStatus]);
  expect(Object.fromEntries(states)).toEqual({
    ...{ Policy: 'IN_SYNC', Log: 'IN_SYNC', Gone: 'IN_SYNC', Rule: 'IN_SYNC', Table: 'IN_SYNC', Alarm: 'IN_SYNC' },
    Parameter: 'NOT_CHECKED',
  });
});

documented(guide, 'what somebody changed or deleted behind the stack’s back is told property by property', async () => {
  const [logs, iot, events] = [new CloudWatchLogsClient(config), new IoTClient(config), new EventBridgeClient(config)];
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 7 }));
  await logs.send(new DeleteLogGroupCommand({ logGroupName: 'gone' }));
  const policyDocument = JSON.stringify(document('iot:*'));
  await iot.send(new CreatePolicyVersionCommand({ policyName: 'devices', policyDocument, setAsDefault: true }));
  await events.send(new DisableRuleCommand({ Name: 'sweep' }));
  for (const client of [logs, iot, events]) client.destroy();
  expect(await detect()).toMatchObject({ StackDriftStatus: 'DRIFTED', DriftedStackResourceCount: 4 });
  const { Policy, Log, Gone, Rule, Table } = await drifts();
  expect(Log).toMatchObject({
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: [{ PropertyPath: '/RetentionInDays', ExpectedValue: '30', ActualValue: '7', DifferenceType: 'NOT_EQUAL' }],
  });
  expect(Gone).toMatchObject({ StackResourceDriftStatus: 'DELETED' });
  expect(Policy?.PropertyDifferences).toMatchObject([{ PropertyPath: '/PolicyDocument' }]);
  expect(Rule?.PropertyDifferences).toMatchObject([{ PropertyPath: '/State', ExpectedValue: 'ENABLED', ActualValue: 'DISABLED' }]);
  expect(Table?.StackResourceDriftStatus).toBe('IN_SYNC');
  const modified = new DescribeStackResourceDriftsCommand({ StackName: 's', StackResourceDriftStatusFilters: ['DELETED'] });
  expect((await cloudFormation.send(modified)).StackResourceDrifts).toHaveLength(1);
});
