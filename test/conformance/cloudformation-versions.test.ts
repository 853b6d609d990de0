import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { GetPolicyCommand } from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { startOnManualClock } from './start-on-manual-clock.ts';

const handlers = 'aws-cloudformation/aws-cloudformation-resource-providers-iot';

const { clock, local, iot } = await startOnManualClock();
const client = new CloudFormationClient(local.config);
afterAll(() => {
  client.destroy();
});

const settled = async (StackName: string): Promise<string> => {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (stack?.StackStatus?.endsWith('_IN_PROGRESS') === false) return stack.StackStatus;
    clock.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** Deploys a stack anew with each of these, and answers where that ended. */
const deployEach = async (StackName: string, templates: readonly object[]): Promise<readonly string[]> => {
  const statuses: string[] = [];
  for (const template of templates) {
    const input = { StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_IAM' as const] };
    await client.send(statuses.length === 0 ? new CreateStackCommand(input) : new UpdateStackCommand(input));
    statuses.push(await settled(StackName));
  }
  return statuses;
};

const marks = ['a', 'b', 'c', 'd', 'e', 'f'];

const policy = (mark: string) => ({
  Type: 'AWS::IoT::Policy',
  Properties: {
    PolicyName: 'versioned',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'iot:Connect', Resource: `arn:aws:iot:*:*:client/${mark}` }],
    },
  },
});

const trust = { Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' };

const provisioning = (mark: string) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } } },
  Template: {
    Type: 'AWS::IoT::ProvisioningTemplate',
    Properties: {
      TemplateName: 'versioned',
      ProvisioningRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      TemplateBody: JSON.stringify({
        Resources: { certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } } },
        DeviceConfiguration: { mark },
      }),
    },
  },
});

describe('CloudFormation', () => {
  documented(handlers, 'makes room for the sixth version of a policy', async () => {
    const templates = marks.map((mark) => ({ Resources: { Policy: policy(mark) } }));
    expect((await deployEach('policies', templates)).at(-1)).toBe('UPDATE_COMPLETE');
    expect(await iot.send(new GetPolicyCommand({ policyName: 'versioned' }))).toMatchObject({ defaultVersionId: '6' });
  });

  assumed('template.cloudformation-makes-room', 'makes none for the sixth of a provisioning template', async () => {
    const statuses = await deployEach(
      'templates',
      marks.map((mark) => ({ Resources: provisioning(mark) })),
    );
    expect(statuses.slice(-2)).toEqual(['UPDATE_COMPLETE', expect.stringMatching(/^UPDATE_ROLLBACK_/)]);
  });
});
