import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateProvisioningTemplateCommand, CreateThingCommand, CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot';
import { AddPermissionCommand, CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { zipSync } from 'fflate';
import { documented } from './fact.ts';
import type { Credentials } from './iam-world.ts';
import { allow, IamWorld, trust } from './iam-world.ts';

let world: IamWorld;
beforeAll(async () => {
  world = await IamWorld.start();
});
afterAll(() => world.local.stop());

const account = { AWS: 'arn:aws:iam::123456789012:root' };
const denied = (why: string) => ({ message: expect.stringContaining(why) as string });
const passRole = 'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"';

describe('AssumeRole', () => {
  const methods = 'IAM User Guide, "Cross account resource access in IAM" and "Methods to assume a role"';

  documented(methods, 'A trust policy that names the account leaves it to identity policies', async () => {
    const role = await world.role(trust(account), []);
    const trusted = await world.user(allow('sts:AssumeRole', role.arn));
    await world.assume(role.arn, {}, trusted.credentials);
    const { credentials } = await world.user();
    await expect(world.assume(role.arn, {}, credentials)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  documented(methods, 'A trust policy that names the user is enough', async () => {
    const { arn, credentials } = await world.user();
    const role = await world.role(trust({ AWS: arn }), []);
    await world.assume(role.arn, {}, credentials);
  });

  documented(methods, 'An identity policy is not enough without trust', async () => {
    const { credentials } = await world.user(allow('sts:AssumeRole'));
    const role = await world.role(trust({ Service: 'lambda.amazonaws.com' }), []);
    await expect(world.assume(role.arn, {}, credentials)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  documented('STS API Reference, "AssumeRole"', 'A chained session lasts one hour at most', async () => {
    const second = await world.role(trust(account), []);
    const first = await world.role(trust(account), [allow('sts:AssumeRole', second.arn)]);
    const credentials = await world.assume(first.arn);
    const chained = await world.assume(second.arn, { DurationSeconds: 3600 }, credentials);
    expect((await new STSClient(world.config(chained)).send(new GetCallerIdentityCommand({}))).Arn).toContain(second.name);
    await expect(world.assume(second.arn, { DurationSeconds: 3601 }, credentials)).rejects.toMatchObject(denied('1 hour session limit'));
  });

  documented(
    'IAM User Guide, "Pass session tags in AWS STS"',
    'Session tags need sts:TagSession in the trust policy and are principal tags',
    async () => {
      const statement = allow('iot:CreateThing', 'arn:aws:iot:*:*:thing/${aws:PrincipalTag/team}');
      const Tags = [{ Key: 'team', Value: 'blue' }];
      const plain = await world.role(trust(account), [statement]);
      await expect(world.assume(plain.arn, { Tags })).rejects.toMatchObject(denied('sts:TagSession'));
      const tagged = await world.role(trust(account, ['sts:AssumeRole', 'sts:TagSession']), [statement]);
      const iot = new IoTClient(world.config(await world.assume(tagged.arn, { Tags })));
      await iot.send(new CreateThingCommand({ thingName: 'blue' }));
      await expect(iot.send(new CreateThingCommand({ thingName: 'red' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    },
  );
});

describe('handing a role to a service', () => {
  const zip = zipSync({ 'index.mjs': Buffer.from('export const handler = async () => 1;') });
  const createFunction = (credentials: Credentials, FunctionName: string, Role: string): Promise<unknown> =>
    new LambdaClient(world.config(credentials)).send(
      new CreateFunctionCommand({ FunctionName, Role, Code: { ZipFile: zip }, Handler: 'index.handler', Runtime: 'nodejs24.x' }),
    );

  documented(passRole, 'Lambda takes a role only from whoever may pass it to Lambda', async () => {
    const role = await world.role(trust({ Service: 'lambda.amazonaws.com' }), []);
    const create = allow('lambda:CreateFunction');
    const may = await world.user(
      create,
      allow('iam:PassRole', role.arn, { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }),
    );
    await createFunction(may.credentials, 'passed', role.arn);
    const other = await world.user(
      create,
      allow('iam:PassRole', role.arn, { StringEquals: { 'iam:PassedToService': 'iot.amazonaws.com' } }),
    );
    await expect(createFunction(other.credentials, 'f', role.arn)).rejects.toMatchObject(
      denied('is not authorized to perform: iam:PassRole'),
    );
    const none = await world.user(create);
    await expect(createFunction(none.credentials, 'f', role.arn)).rejects.toMatchObject(
      denied('because no identity-based policy allows the iam:PassRole action'),
    );
  });

  documented(passRole, 'AWS IoT takes roles of rules and templates only from whoever may pass them', async () => {
    const role = await world.role(trust({ Service: 'iot.amazonaws.com' }), []);
    const { credentials } = await world.user(allow(['iot:CreateTopicRule', 'iot:CreateProvisioningTemplate']));
    const iot = new IoTClient(world.config(credentials));
    const actions = [{ sqs: { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', roleArn: role.arn } }];
    await expect(
      iot.send(new CreateTopicRuleCommand({ ruleName: 'r', topicRulePayload: { sql: "SELECT * FROM 'a'", actions } })),
    ).rejects.toMatchObject(denied('iam:PassRole'));
    const templateBody = JSON.stringify({ Parameters: {}, Resources: {} });
    await expect(
      iot.send(new CreateProvisioningTemplateCommand({ templateName: 't', templateBody, provisioningRoleArn: role.arn })),
    ).rejects.toMatchObject(denied('iam:PassRole'));
  });
});

describe('Lambda', () => {
  documented(
    'Lambda Developer Guide, "Using resource-based policies for Lambda"',
    'A permission lets whoever it names invoke, and nobody else',
    async () => {
      const lambda = new LambdaClient(world.config());
      const { arn, credentials } = await world.user();
      const stranger = await world.user();
      await lambda.send(
        new AddPermissionCommand({ FunctionName: 'passed', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: arn }),
      );
      const invoke = (by: Credentials): Promise<{ StatusCode?: number | undefined }> =>
        new LambdaClient(world.config(by)).send(new InvokeCommand({ FunctionName: 'passed' }));
      expect((await invoke(credentials)).StatusCode).toBe(200);
      await expect(invoke(stranger.credentials)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    },
  );
});

describe('CloudFormation', () => {
  const serviceRole = 'CloudFormation User Guide, "AWS CloudFormation service role"';
  const TemplateBody = JSON.stringify({
    Resources: { Thing: { Type: 'AWS::IoT::Thing' }, Queue: { Type: 'AWS::SQS::Queue', DependsOn: 'Thing' } },
  });
  const createStack = async (
    by: Credentials,
    StackName: string,
    RoleARN?: string,
  ): Promise<{ readonly status: string; readonly reasons: string }> => {
    const client = new CloudFormationClient(world.config());
    await new CloudFormationClient(world.config(by)).send(new CreateStackCommand({ StackName, TemplateBody, RoleARN }));
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return {
      status: Stacks[0]?.StackStatus ?? '',
      reasons: StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n'),
    };
  };
  const making = ['iot:CreateThing', 'iot:DescribeThing', 'iot:DeleteThing', 'sqs:*'];

  documented(serviceRole, "A stack with a role is made with the role's permissions, whatever its caller may do", async () => {
    const role = await world.role(trust({ Service: 'cloudformation.amazonaws.com' }), [allow(making)]);
    const { credentials } = await world.user(allow('cloudformation:CreateStack'), allow('iam:PassRole', role.arn));
    expect((await createStack(credentials, 'with-role', role.arn)).status).toBe('CREATE_COMPLETE');
  });

  documented(serviceRole, 'What the role may not do fails the stack', async () => {
    const role = await world.role(trust({ Service: 'cloudformation.amazonaws.com' }), [allow(making.slice(0, 3))]);
    const { status, reasons } = await createStack(world.local.credentials, 'short-role', role.arn);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reasons).toContain(`assumed-role/${role.name}/AWSCloudFormation is not authorized to perform: sqs:createqueue`);
  });

  documented(serviceRole, "Without a role the caller's permissions decide", async () => {
    const { arn, credentials } = await world.user(allow(['cloudformation:CreateStack', ...making.slice(0, 3)]));
    const { status, reasons } = await createStack(credentials, 'no-role');
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reasons).toContain(`User: ${arn} is not authorized to perform: sqs:createqueue`);
  });

  documented('CloudFormation API Reference, "CreateStack"', 'A template by URL is read with the permissions of the caller', async () => {
    const s3 = new S3Client(world.config());
    await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 't.json', Body: TemplateBody }));
    const validate = (by: Credentials): Promise<unknown> =>
      new CloudFormationClient(world.config(by)).send(
        new ValidateTemplateCommand({ TemplateURL: 'https://templates.s3.us-east-1.amazonaws.com/t.json' }),
      );
    const may = await world.user(allow('cloudformation:ValidateTemplate'), allow('s3:GetObject', 'arn:aws:s3:::templates/*'));
    await validate(may.credentials);
    const { credentials } = await world.user(allow('cloudformation:ValidateTemplate'));
    await expect(validate(credentials)).rejects.toMatchObject(denied('S3 error: Access Denied'));
  });

  documented(
    'CloudFormation User Guide, "Specify existing resources at runtime with CloudFormation-supplied parameter types"',
    'A parameter of Systems Manager is read with the permissions of the caller',
    async () => {
      await new SSMClient(world.config()).send(new PutParameterCommand({ Name: '/given', Value: 'v', Type: 'String' }));
      const body = JSON.stringify({
        Parameters: { Given: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/given' } },
        Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
      });
      const { credentials } = await world.user(allow(['cloudformation:CreateStack', 'sqs:*']));
      const create = new CloudFormationClient(world.config(credentials)).send(
        new CreateStackCommand({ StackName: 'given', TemplateBody: body }),
      );
      await expect(create).rejects.toMatchObject(denied('is not authorized to perform: ssm:GetParameters'));
    },
  );

  documented(passRole, 'A role is taken only from whoever may pass it to CloudFormation', async () => {
    const role = await world.role(trust({ Service: 'cloudformation.amazonaws.com' }), [allow(making)]);
    const { credentials } = await world.user(allow('cloudformation:CreateStack'));
    await expect(createStack(credentials, 'not-passed', role.arn)).rejects.toMatchObject(denied('iam:PassRole'));
  });
});
