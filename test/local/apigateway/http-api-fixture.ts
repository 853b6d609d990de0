import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import type { Stack } from '@aws-sdk/client-cloudformation';
import type { LocalAws } from '../../../local/main.ts';
import { startLocalAws } from '../../../local/main.ts';

const source = `exports.handler = async (event) => {
  if (event.queryStringParameters?.throw) throw new Error('no');
  return { statusCode: 200, body: JSON.stringify(event) };
};`;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** A function behind an HTTP API whose integration is `Integration`; `more` are routes, stages and what else the test needs. */
export const httpApiTemplate = (more: object): object => ({
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ...{ Code: { ZipFile: source }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...{ ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' },
        IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
      },
    },
    ...more,
  },
  Outputs: {
    Endpoint: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
    ApiId: { Value: { Ref: 'Api' } },
    FunctionName: { Value: { Ref: 'Function' } },
  },
});

export const route = (RouteKey: string, more: object = {}): object => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: { Ref: 'Api' }, RouteKey, Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...more },
});

export const stage = (StageName: string, more: object = {}): object => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: { Ref: 'Api' }, StageName, AutoDeploy: true, ...more },
});

/** Lets the API call the function by the routes that the pattern means, e.g. `*` or `$default/GET/pets`. */
export const permission = (pattern: string): object => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    ...{ Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Function' }, Principal: 'apigateway.amazonaws.com' },
    SourceArn: { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${pattern}` },
  },
});

export interface HttpApiFixture {
  readonly aws: LocalAws;
  /** Creates or updates the stack; answers its outputs, or throws with the stack's reason. */
  deploy(template: object): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

const ignoreSameness = (thrown: unknown): void => {
  if (!String(thrown).includes('No updates are to be performed')) throw thrown;
};

export const startHttpApis = async (): Promise<HttpApiFixture> => {
  const aws = await startLocalAws();
  const client = new CloudFormationClient({ endpoint: aws.endpoint, credentials: aws.credentials, region: aws.account.region });
  const describe = async (): Promise<Stack | undefined> => {
    await aws.services.cloudFormation.idle();
    return (await client.send(new DescribeStacksCommand({ StackName: 'http' })).catch(() => undefined))?.Stacks?.[0];
  };
  return {
    aws,
    deploy: async (template) => {
      const input = { StackName: 'http', TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_IAM' as const] };
      const isNew = (await describe()) === undefined;
      if (isNew) await client.send(new CreateStackCommand(input));
      else await client.send(new UpdateStackCommand(input)).catch(ignoreSameness);
      const stack = await describe();
      if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack?.StackStatus ?? ''))
        throw new Error(`${stack?.StackStatus ?? ''}: ${stack?.StackStatusReason ?? ''}`);
      return Object.fromEntries(stack?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]) ?? []);
    },
    stop: async () => {
      client.destroy();
      await aws.stop();
    },
  };
};
