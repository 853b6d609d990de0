import { CloudFormationClient, CloudFormationServiceException, type Output } from '@aws-sdk/client-cloudformation';
import { describeDeployment } from '../../../aws/cloudformation/deployment.ts';
import { DeploymentNotFoundError } from '../../../aws/cloudformation/deployment-error.ts';

/** A CloudFormation with one stack, of these outputs. */
const cloudFormationWith = (stackName: string, outputs: readonly Output[]): CloudFormationClient => {
  const client = new CloudFormationClient({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const missing = () =>
    new CloudFormationServiceException({ name: 'ValidationError', $fault: 'client', $metadata: {}, message: 'Stack does not exist' });
  client.middlewareStack.add(
    () => (args) => {
      const { StackName } = args.input as { readonly StackName?: string };
      if (StackName !== stackName) return Promise.reject(missing());
      return Promise.resolve({ response: undefined, output: { $metadata: {}, Stacks: [{ Outputs: outputs }] } });
    },
    { step: 'initialize' },
  );
  return client;
};

const both = [
  { OutputKey: 'TableName', OutputValue: 'T' },
  { OutputKey: 'AuditLogGroupName', OutputValue: '/muster/audit' },
];

describe('A deployment', () => {
  test('is described by the outputs of its data stack', async () => {
    expect(await describeDeployment(cloudFormationWith('MyFleetData', both), 'my-fleet')).toEqual({
      tableName: 'T',
      auditLogGroupName: '/muster/audit',
    });
  });

  test('that is not there is said to be so, with what to do', async () => {
    const asking = describeDeployment(cloudFormationWith('MusterData', both), 'other');
    await expect(asking).rejects.toThrow(DeploymentNotFoundError);
    await expect(asking).rejects.toThrow(/"OtherData".*cdk deploy/);
  });

  test('that lacks an output is not half used', async () => {
    await expect(describeDeployment(cloudFormationWith('MusterData', both.slice(0, 1)), 'muster')).rejects.toThrow(/AuditLogGroupName/);
  });
});
