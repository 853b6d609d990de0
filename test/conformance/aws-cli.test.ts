import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';

import { isJsonObject } from '../../local/json-object.ts';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { describeWhereInstalled } from '../setup/describe-where-installed.ts';

const run = promisify(execFile);

// Each `aws` starts an interpreter, which takes seconds where others work, too.
jest.setTimeout(180_000);

let aws: LocalAws;
let folder: string;

/** What the real `aws` prints, as JSON where it is that. */
const cli = async (...words: readonly string[]): Promise<unknown> => {
  const { PATH, HOME = folder } = process.env;
  const env = { PATH, HOME, ...aws.environment, AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1', NO_PROXY: '127.0.0.1' };
  // Said with every command: for SQS not every version asks a variable for it.
  const { stdout } = await run('aws', [...words, '--endpoint-url', aws.endpoint, '--output', 'json'], { env, cwd: folder });
  return /^\s*[[{]/.test(stdout) ? (JSON.parse(stdout) as unknown) : stdout;
};

const textIn = (answer: unknown, name: string): string => (isJsonObject(answer) ? String(answer[name]) : '');

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

/** Before these versions it speaks XML to SQS and CloudWatch, which the local AWS does not. */
const awsCli = {
  name: 'aws',
  needs: 'aws from 1.40 or 2.27',
  suits: (version: string): boolean => {
    const [, major = '0', minor = '0'] = /^aws-cli\/(\d+)\.(\d+)/.exec(version) ?? [];
    return Number(minor) >= (major === '1' ? 40 : 27);
  },
};

describeWhereInstalled(awsCli, 'The AWS CLI', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aws-cli-'));
    aws = await startLocalAws({ iotSettings: { operationRates: 'off' } });
  });
  afterAll(async () => {
    await aws.stop();
    rmSync(folder, { recursive: true });
  });

  test('says who the caller is', async () => {
    expect(await cli('sts', 'get-caller-identity')).toMatchObject({
      Account: aws.account.accountId,
      UserId: expect.stringMatching(/^AIDA/) as unknown,
    });
  });

  test('works on AWS IoT’s registry', async () => {
    expect(await cli('iot', 'describe-endpoint', '--endpoint-type', 'iot:Data-ATS')).toEqual({
      endpointAddress: aws.services.iot.dataEndpoint,
    });
    await cli(
      'iot',
      'create-keys-and-certificate',
      '--set-as-active',
      '--certificate-pem-outfile',
      'cert.pem',
      '--private-key-outfile',
      'key.pem',
    );
    expect(readFileSync(join(folder, 'cert.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
    await cli('iot', 'create-thing', '--thing-name', 'door', '--attribute-payload', 'attributes={floor=3}');
    expect(await cli('iot', 'list-things')).toMatchObject({ things: [{ thingName: 'door', attributes: { floor: '3' } }] });
  });

  test('publishes and ends connections through the data plane', async () => {
    await cli('iot-data', 'publish', '--topic', 'a/b', '--qos', '1', '--retain', '--payload', Buffer.from('hello').toString('base64'));
    expect(await cli('iot-data', 'get-retained-message', '--topic', 'a/b')).toMatchObject({ topic: 'a/b', qos: 1 });
    await expect(cli('iot-data', 'delete-connection', '--client-id', 'nobody')).rejects.toThrow('ResourceNotFoundException');
  });

  test('puts, gets and queries items', async () => {
    const key = ['--attribute-definitions', 'AttributeName=pk,AttributeType=S', '--key-schema', 'AttributeName=pk,KeyType=HASH'];
    await cli('dynamodb', 'create-table', '--table-name', 'doors', '--billing-mode', 'PAY_PER_REQUEST', ...key);
    await cli('dynamodb', 'wait', 'table-exists', '--table-name', 'doors');
    await cli('dynamodb', 'put-item', '--table-name', 'doors', '--item', '{"pk":{"S":"a"},"n":{"N":"7"}}');
    expect(await cli('dynamodb', 'get-item', '--table-name', 'doors', '--key', '{"pk":{"S":"a"}}')).toEqual({
      Item: { pk: { S: 'a' }, n: { N: '7' } },
    });
    const query = ['--key-condition-expression', 'pk = :p', '--expression-attribute-values', '{":p":{"S":"a"}}'];
    expect(await cli('dynamodb', 'query', '--table-name', 'doors', ...query)).toMatchObject({ Count: 1 });
  });

  test('copies a file to a bucket and back', async () => {
    const sent = file('sent.txt', 'across');
    await cli('s3', 'mb', 's3://papers');
    await cli('s3', 'cp', sent, 's3://papers/a/b.txt');
    expect(await cli('s3', 'ls', 's3://papers/a/')).toContain('b.txt');
    await cli('s3', 'cp', 's3://papers/a/b.txt', 'back.txt');
    expect(readFileSync(join(folder, 'back.txt'), 'utf8')).toBe('across');
  });

  test('makes a function, invokes it and reads its log', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    const role = await cli('iam', 'create-role', '--role-name', 'f', '--assume-role-policy-document', JSON.stringify(trust));
    const arn = isJsonObject(role) ? textIn(role['Role'], 'Arn') : '';
    const logging = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    await cli('iam', 'attach-role-policy', '--role-name', 'f', '--policy-arn', logging);
    const source = 'export const handler = async (event) => { console.log("got", event.n); return { doubled: event.n * 2 }; };';
    const zip = file('f.zip', zipSync({ 'index.mjs': strToU8(source) }));
    const what = ['--function-name', 'f', '--runtime', 'nodejs24.x', '--handler', 'index.handler'];
    await cli('lambda', 'create-function', ...what, '--role', arn, '--zip-file', `fileb://${zip}`);
    expect(
      await cli('lambda', 'invoke', '--function-name', 'f', '--payload', file('in.json', '{"n":21}').replace(/^/, 'fileb://'), 'out.json'),
    ).toMatchObject({ StatusCode: 200 });
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual({ doubled: 42 });
    const log = await cli('logs', 'filter-log-events', '--log-group-name', '/aws/lambda/f', '--filter-pattern', 'got');
    expect(log).toMatchObject({ events: [{ message: expect.stringContaining('got 21') as unknown }] });
  });

  test('sends a message through a topic to a queue', async () => {
    const queue = textIn(await cli('sqs', 'create-queue', '--queue-name', 'q'), 'QueueUrl');
    const topic = textIn(await cli('sns', 'create-topic', '--name', 't'), 'TopicArn');
    const arn = `arn:aws:sqs:${aws.account.region}:${aws.account.accountId}:q`;
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn }],
    });
    await cli('sqs', 'set-queue-attributes', '--queue-url', queue, '--attributes', JSON.stringify({ Policy }));
    await cli(
      'sns',
      'subscribe',
      '--topic-arn',
      topic,
      '--protocol',
      'sqs',
      '--notification-endpoint',
      arn,
      '--attributes',
      'RawMessageDelivery=true',
    );
    await cli('sns', 'publish', '--topic-arn', topic, '--message', 'hello');
    expect(await cli('sqs', 'receive-message', '--queue-url', queue, '--wait-time-seconds', '2')).toMatchObject({
      Messages: [{ Body: 'hello' }],
    });
  });

  test('deploys a stack and lists it', async () => {
    const template = { Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Type: 'String', Value: 'b' } } } };
    await cli('cloudformation', 'deploy', '--stack-name', 'small', '--template-file', file('t.json', JSON.stringify(template)));
    expect(await cli('cloudformation', 'list-stacks')).toMatchObject({
      StackSummaries: [{ StackName: 'small', StackStatus: 'CREATE_COMPLETE' }],
    });
    expect(await cli('ssm', 'get-parameter', '--name', '/a')).toMatchObject({ Parameter: { Value: 'b' } });
  });

  test('puts rules, alarms and keys, and reads quotas', async () => {
    await cli('events', 'put-rule', '--name', 'tick', '--schedule-expression', 'rate(5 minutes)');
    expect(await cli('events', 'list-rules')).toMatchObject({ Rules: [{ Name: 'tick' }] });
    const what = [
      '--alarm-name',
      'a',
      '--namespace',
      'N',
      '--metric-name',
      'M',
      '--statistic',
      'Sum',
      '--period',
      '60',
      '--threshold',
      '1',
    ];
    await cli('cloudwatch', 'put-metric-alarm', ...what, '--evaluation-periods', '1', '--comparison-operator', 'GreaterThanThreshold');
    expect(await cli('cloudwatch', 'describe-alarms')).toMatchObject({
      MetricAlarms: [{ AlarmName: 'a', StateValue: 'INSUFFICIENT_DATA' }],
    });
    expect(await cli('kms', 'create-key')).toMatchObject({ KeyMetadata: { KeyState: 'Enabled' } });
    const quota = ['--service-code', 'lambda', '--quota-code', 'L-B99A9384'];
    expect(await cli('service-quotas', 'get-service-quota', ...quota)).toMatchObject({ Quota: { Value: 1000 } });
  });
});
