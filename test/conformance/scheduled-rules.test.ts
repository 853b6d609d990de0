import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';

import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { documented } from './fact.ts';

const source = `export const handler = async (event) => console.log('ran at ' + event.time);`;
const statement = (Action: string, Resource: string, Principal?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action, Resource: Principal === undefined ? Resource : undefined, Principal },
  });

const clock = new RunningClock();
let aws: LocalAws;
let config: { readonly endpoint: string; readonly region: string; readonly credentials: LocalAws['credentials'] };
let lambda: LambdaClient;
let events: EventBridgeClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  aws = await startLocalAws({ clock });
  config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials };
  [lambda, events, logs] = [new LambdaClient(config), new EventBridgeClient(config), new CloudWatchLogsClient(config)];
  const iam = new IAMClient(config);
  const AssumeRolePolicyDocument = statement('sts:AssumeRole', '*', { Service: 'lambda.amazonaws.com' });
  await iam.send(new CreateRoleCommand({ RoleName: 'f', AssumeRolePolicyDocument }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'f', PolicyName: 'logs', PolicyDocument: statement('logs:*', '*') }));
  iam.destroy();
});
afterAll(async () => {
  for (const client of [lambda, events, logs]) client.destroy();
  await aws.stop();
});

const makeFunction = async (FunctionName: string): Promise<string> => {
  const Role = `arn:aws:iam::${aws.account.accountId}:role/f`;
  const Code = { ZipFile: zipSync({ 'index.mjs': strToU8(source) }) };
  const made = await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Runtime: 'nodejs24.x', Handler: 'index.handler', Code }));
  return made.FunctionArn ?? '';
};

const runs = async (name: string): Promise<readonly string[]> => {
  const filter = new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern: '"ran at"' });
  const found = await logs.send(filter).catch(() => ({ events: [] }));
  return (found.events ?? []).map(({ message = '' }) => /ran at \S+/.exec(message)?.[0] ?? '');
};

const ruleFor = async (Name: string, ...functionArns: readonly string[]): Promise<string> => {
  const { RuleArn = '' } = await events.send(new PutRuleCommand({ Name, ScheduleExpression: 'cron(0 3 * * ? *)' }));
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: functionArns.map((Arn, index) => ({ Id: String(index), Arn })) }));
  return RuleArn;
};

const guide = 'EventBridge user guide, "Using resource-based policies for Amazon EventBridge"';

describe('A scheduled rule', () => {
  documented(guide, 'invokes the functions whose policy lets this rule, and no other', async () => {
    const [open, closed, foreign] = [await makeFunction('open'), await makeFunction('closed'), await makeFunction('foreign')];
    const SourceArn = await ruleFor('nightly', open, closed, foreign);
    const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
    await lambda.send(new AddPermissionCommand({ FunctionName: 'open', SourceArn, ...permission }));
    await lambda.send(new AddPermissionCommand({ FunctionName: 'foreign', SourceArn: `${SourceArn}-other`, ...permission }));
    clock.advance(24 * 3_600_000);
    const deadline = Date.now() + 8000;
    while ((await runs('open')).length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await runs('open')).toEqual([expect.stringMatching(/^ran at \d{4}-\d\d-\d\dT03:00:00Z$/)]);
    expect([await runs('closed'), await runs('foreign')]).toEqual([[], []]);
  });
});
