import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { DoctoredAccount } from './doctored-account.ts';

const refuseAll = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iot:*', Resource: '*' }] };

const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

const role = (service: string) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust(service) } });

const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

/** What a provisioning template says that makes nothing but a certificate of a state. */
export const provisioning = (Status: 'Active' | 'Inactive'): string =>
  JSON.stringify({
    Parameters: { SerialNumber: { Type: 'String' }, 'AWS::IoT::Certificate::Id': { Type: 'String' } },
    Resources: {
      certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status } },
    },
  });

/** The parts of a deployment that can break, and no more: one of each. */
const onboarding = {
  Resources: {
    Group: { Type: 'AWS::IoT::ThingGroup', Properties: { ThingGroupName: 'muster-quarantine' } },
    Policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'muster-quarantine', PolicyDocument: refuseAll } },
    HookRole: role('lambda.amazonaws.com'),
    Hook: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: arnOf('HookRole'),
        Code: { ZipFile: 'exports.handler = async () => ({ allowProvisioning: false });' },
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Hook' } } },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Hook' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] }, Name: 'live' },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Alias' },
        Principal: 'iot.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:aws:iot:${AWS::Region}:${AWS::AccountId}:provisioningtemplate/muster-sensor' },
      },
    },
    TemplateRole: role('iot.amazonaws.com'),
    Template: {
      Type: 'AWS::IoT::ProvisioningTemplate',
      DependsOn: 'Permission',
      Properties: {
        TemplateName: 'muster-sensor',
        Enabled: true,
        TemplateBody: provisioning('Active'),
        ProvisioningRoleArn: arnOf('TemplateRole'),
        PreProvisioningHook: { TargetArn: { Ref: 'Alias' }, PayloadVersion: '2020-04-01' },
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetters'), maxReceiveCount: 5 } } },
    Presence: {
      Type: 'AWS::IoT::TopicRule',
      Properties: {
        RuleName: 'muster_presence',
        TopicRulePayload: {
          Sql: "SELECT * FROM '$aws/events/presence/connected/+'",
          Actions: [{ Sqs: { QueueUrl: { Ref: 'Queue' }, RoleArn: arnOf('TemplateRole') } }],
        },
      },
    },
    Sweep: { Type: 'AWS::Events::Rule', Properties: { Name: 'muster-sweep', ScheduleExpression: 'rate(1 day)', State: 'ENABLED' } },
  },
};

const data = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'muster-alarms' } } } };

/** Deploys a stack and waits until CloudFormation is done with it. */
export const deployStack = async ({ config }: DoctoredAccount, StackName: string, template: object): Promise<void> => {
  const client = new CloudFormationClient(config);
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (stack?.StackStatus !== 'CREATE_IN_PROGRESS') break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  client.destroy();
};

export const deploySmall = async (account: DoctoredAccount): Promise<void> => {
  await deployStack(account, 'MusterData', data);
  await deployStack(account, 'MusterAudit', {
    Resources: { IntakeDeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'unstored' } } },
  });
  await deployStack(account, 'MusterOnboarding', onboarding);
  await deployStack(account, 'MusterOperations', {
    Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } } },
  });
};
