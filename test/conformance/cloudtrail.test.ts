import {
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  ListPublicKeysCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { createPublicKey, hash, verify } from 'node:crypto';
import { CreateAliasCommand, CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateThingCommand, DeleteThingCommand, ListThingsCommand, DescribeThingCommand } from '@aws-sdk/client-iot';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteFunctionCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { JsonObject } from '../../local/json-object.ts';
import { documented } from './fact.ts';
import { ProvisioningWorld, simpleTemplate } from './provisioning-world.ts';
import { TrailWorld } from './trail-world.ts';

const contents = 'CloudTrail user guide, "CloudTrail record contents"';
const fiveMinutes = 5 * 60_000;
const oneHour = 60 * 60_000;

let world: ProvisioningWorld;
let trail: TrailWorld;
let config: { readonly endpoint: string; readonly region: string; readonly credentials: ProvisioningWorld['aws']['credentials'] };
beforeAll(async () => {
  world = await ProvisioningWorld.start();
  trail = await TrailWorld.open(world.aws);
  config = { endpoint: world.aws.endpoint, region: world.aws.account.region, credentials: world.aws.credentials };
});
afterAll(async () => {
  trail.close();
  await world.stop();
});
beforeEach(() => trail.log());
afterEach(() => trail.cloudTrail.send(new DeleteTrailCommand({ Name: 'all-of-it' })));

/** The records of one event name that a text stands in, once they are delivered. */
const recorded = async (eventName: string, about: string): Promise<readonly JsonObject[]> => {
  world.clock.advance(fiveMinutes);
  return (await trail.records()).filter((record) => record['eventName'] === eventName && JSON.stringify(record).includes(about));
};

describe('A record of CloudTrail', () => {
  documented(contents, 'says who called what with what, when and with what answer', async () => {
    await world.iot.send(new CreateThingCommand({ thingName: 'lamp-1' }));
    const [record] = await recorded('CreateThing', 'lamp-1');
    expect(record).toMatchObject({
      ...{ eventVersion: '1.11', eventSource: 'iot.amazonaws.com', eventName: 'CreateThing', eventType: 'AwsApiCall' },
      ...{ awsRegion: 'us-east-1', sourceIPAddress: '127.0.0.1', readOnly: false, managementEvent: true, eventCategory: 'Management' },
      userIdentity: {
        ...{ type: 'IAMUser', userName: 'local-administrator', accountId: '123456789012' },
        principalId: expect.stringMatching(/^AIDA/) as unknown,
        accessKeyId: world.aws.credentials.accessKeyId,
      },
      ...{ userAgent: expect.stringContaining('aws-sdk-js') as unknown, recipientAccountId: '123456789012' },
      requestParameters: { thingName: 'lamp-1' },
      responseElements: { thingName: 'lamp-1', thingArn: world.arn('iot', 'thing/lamp-1') },
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
    });
  });

  documented(contents, 'says with which error a call was refused, and shows no answer', async () => {
    await world.iot.send(new DescribeThingCommand({ thingName: 'nobody' })).catch(() => undefined);
    const [record] = await recorded('DescribeThing', 'nobody');
    expect(record).toMatchObject({ errorCode: 'ResourceNotFoundException', responseElements: null, readOnly: true });
  });

  documented(contents, 'is not made of what is done in a service’s data', async () => {
    const sqs = new SQSClient(config);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'data' }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    sqs.destroy();
    expect(await recorded('CreateQueue', 'data')).toHaveLength(1);
    expect(await recorded('ReceiveMessage', 'data')).toEqual([]);
  });

  documented('Lambda developer guide, "Logging Lambda API calls"', 'names Lambda’s operations with the version of the API', async () => {
    const FunctionName = await world.function('export const handler = () => 1;');
    await world.lambda.send(new PublishVersionCommand({ FunctionName }));
    await world.lambda.send(new DeleteFunctionCommand({ FunctionName }));
    for (const name of ['CreateFunction20150331', 'PublishVersion20150331', 'DeleteFunction20150331', 'AddPermission20150331v2'])
      expect(await recorded(name, FunctionName.split(':').at(-1) ?? '')).toHaveLength(1);
  });

  documented(
    'KMS developer guide, "Logging KMS API calls"',
    'tells of uses of a key, which read, and never what was encrypted',
    async () => {
      const kms = new KMSClient(config);
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      const KeyId = KeyMetadata?.KeyId ?? '';
      await kms.send(new CreateAliasCommand({ AliasName: 'alias/seen', TargetKeyId: KeyId }));
      await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('well kept') }));
      kms.destroy();
      const [use] = await recorded('Encrypt', KeyId);
      expect(use).toMatchObject({ eventSource: 'kms.amazonaws.com', readOnly: true, requestParameters: { keyId: KeyId } });
      expect(JSON.stringify(await trail.records())).not.toContain(Buffer.from('well kept').toString('base64'));
    },
  );

  documented('Systems Manager user guide, "Logging API calls"', 'hides the value of a parameter', async () => {
    const ssm = new SSMClient(config);
    await ssm.send(new PutParameterCommand({ Name: '/hidden', Value: 'well kept', Type: 'SecureString' }));
    ssm.destroy();
    const [record] = await recorded('PutParameter', '/hidden');
    expect(record).toMatchObject({ requestParameters: { name: '/hidden', value: 'HIDDEN_DUE_TO_SECURITY_REASONS' } });
  });
});

describe('A record of what a service does', () => {
  const element = 'CloudTrail user guide, "CloudTrail userIdentity element"';

  documented(element, 'names the provisioning role, and AWS IoT as who called with it', async () => {
    const { certificateId, result } = await onboarded();
    expect(result).toBe('accepted');
    for (const name of ['UpdateCertificate', 'AttachThingPrincipal', 'AttachPolicy']) {
      const [record] = await recorded(name, certificateId);
      expect(record).toMatchObject({
        userIdentity: {
          ...{ type: 'AssumedRole', invokedBy: 'iot.amazonaws.com', arn: expect.stringContaining(':assumed-role/role-1/') as unknown },
          sessionContext: { sessionIssuer: { type: 'Role', userName: 'role-1' }, attributes: { mfaAuthenticated: 'false' } },
        },
        ...{ sourceIPAddress: 'iot.amazonaws.com', userAgent: 'iot.amazonaws.com' },
      });
    }
  });

  documented(
    'IoT developer guide, "Logging AWS IoT API calls using AWS CloudTrail"',
    'is not made of what devices ask over MQTT',
    async () => {
      const { certificateId } = await onboarded();
      expect(await recorded('RegisterThing', certificateId)).toEqual([]);
      expect(await recorded('CreateCertificateFromCsr', certificateId)).toEqual([]);
    },
  );

  documented(element, 'names the service alone where it takes a role', async () => {
    const FunctionName = await world.function('export const handler = () => 1;');
    await world.aws.services.lambda.invoker.invoke({ ...invocationOf(FunctionName) });
    const [record] = await recorded('AssumeRole', 'lambda.amazonaws.com');
    expect(record).toMatchObject({
      ...{ eventSource: 'sts.amazonaws.com', sourceIPAddress: 'lambda.amazonaws.com', readOnly: true },
      userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
    });
  });
});

describe('A trail', () => {
  const guide = 'CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail"';

  documented(guide, 'is refused where its bucket does not let CloudTrail in', async () => {
    const create = (S3BucketName: string) => trail.cloudTrail.send(new CreateTrailCommand({ Name: 'other', S3BucketName }));
    await expect(create('nowhere')).rejects.toMatchObject({ name: 'S3BucketDoesNotExistException' });
    const closed = await TrailWorld.open(world.aws, 'closed');
    await closed.letIn(JSON.stringify({ Version: '2012-10-17', Statement: [] }).replace('[]', JSON.stringify([denial('closed')])));
    await expect(create('closed')).rejects.toMatchObject({ name: 'InsufficientS3BucketPolicyException' });
    closed.close();
  });

  documented('CloudTrail user guide, "How CloudTrail works"', 'delivers a file about every five minutes, where it may', async () => {
    const stampsOf = async () => (await trail.files('CloudTrail')).length;
    const before = await stampsOf();
    await world.iot.send(new CreateThingCommand({ thingName: 'soon' }));
    expect(await stampsOf()).toBe(before);
    world.clock.advance(fiveMinutes);
    const [file] = (await trail.files('CloudTrail')).slice(before);
    expect(file?.key).toMatch(/CloudTrail\/us-east-1\/\d{4}\/\d\d\/\d\d\/123456789012_CloudTrail_us-east-1_\d{8}T\d{4}Z_\w{16}\.json\.gz$/);
  });

  documented(guide, 'keeps what the bucket refuses, and says so', async () => {
    await trail.letIn(JSON.stringify({ Version: '2012-10-17', Statement: [denial(trail.bucket)] }));
    await world.iot.send(new CreateThingCommand({ thingName: 'kept' }));
    world.clock.advance(fiveMinutes);
    const status = await trail.cloudTrail.send(new GetTrailStatusCommand({ Name: 'all-of-it' }));
    expect(status).toMatchObject({ IsLogging: true, LatestDeliveryError: 'AccessDenied' });
    await trail.letIn();
    expect(await recorded('CreateThing', 'kept')).toHaveLength(1);
  });

  documented('CloudTrail API Reference, PutEventSelectors', 'records what its selector names', async () => {
    const EventSelectors = [{ ReadWriteType: 'WriteOnly' as const, ExcludeManagementEventSources: ['kms.amazonaws.com'] }];
    await trail.cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'all-of-it', EventSelectors }));
    const kms = new KMSClient(config);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    kms.destroy();
    await world.iot.send(new ListThingsCommand({ attributeName: 'chosen' }));
    await world.iot.send(new CreateThingCommand({ thingName: 'chosen' }));
    expect(await recorded('CreateKey', KeyMetadata?.KeyId ?? '')).toEqual([]);
    expect(await recorded('ListThings', 'chosen')).toEqual([]);
    expect(await recorded('CreateThing', 'chosen')).toHaveLength(1);
  });

  documented('CloudTrail API Reference, DescribeTrails', 'is described, and records nothing while it does not log', async () => {
    await trail.cloudTrail.send(new StopLoggingCommand({ Name: 'all-of-it' }));
    await world.iot.send(new CreateThingCommand({ thingName: 'unseen' }));
    expect(await recorded('CreateThing', 'unseen')).toEqual([]);
    const { trailList } = await trail.cloudTrail.send(new DescribeTrailsCommand({}));
    expect(trailList).toEqual([
      expect.objectContaining({ Name: 'all-of-it', S3BucketName: trail.bucket, LogFileValidationEnabled: true, HomeRegion: 'us-east-1' }),
    ]);
  });

  documented('CloudTrail API Reference, LookupEvents', 'fills the event history, newest first, twice per second', async () => {
    await world.iot.send(new CreateThingCommand({ thingName: 'looked-up' }));
    await world.iot.send(new DeleteThingCommand({ thingName: 'looked-up' }));
    world.clock.advance(fiveMinutes);
    const lookUp = (AttributeKey: 'EventName' | 'ResourceName', AttributeValue: string) =>
      trail.cloudTrail.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey, AttributeValue }] }));
    const { Events = [] } = await lookUp('ResourceName', 'looked-up');
    expect(Events.map(({ EventName, Username }) => [EventName, Username])).toEqual([
      ['DeleteThing', 'local-administrator'],
      ['CreateThing', 'local-administrator'],
    ]);
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '{}')).toMatchObject({ eventName: 'DeleteThing' });
    await expect(Promise.all([1, 2, 3, 4].map(() => lookUp('EventName', 'x')))).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('Log file integrity', () => {
  const guide = 'CloudTrail user guide, "Custom implementations of CloudTrail log file integrity validation"';

  documented(guide, 'is shown by a digest every hour, chained and signed, which names each file with its hash', async () => {
    await world.iot.send(new CreateThingCommand({ thingName: 'digested' }));
    world.clock.advance(oneHour);
    world.clock.advance(oneHour);
    const digests = (await trail.files('CloudTrail-Digest'))
      .slice(-2)
      .map((file) => ({ ...file, digest: JSON.parse(file.text) as JsonObject }));
    const { PublicKeyList: [key] = [] } = await trail.cloudTrail.send(new ListPublicKeysCommand({}));
    const publicKey = createPublicKey({ key: Buffer.from(key?.Value ?? ''), format: 'der', type: 'pkcs1' });
    for (const { digest, text, metadata } of digests) {
      const previous = digest['previousDigestSignature'] ?? 'null';
      const object = `${String(digest['digestS3Bucket'])}/${String(digest['digestS3Object'])}`;
      const signed = [digest['digestEndTime'], object, hash('sha256', text), previous].join('\n');
      expect(verify('sha256', Buffer.from(signed), publicKey, Buffer.from(metadata['signature'] ?? '', 'hex'))).toBe(true);
      expect(digest['digestPublicKeyFingerprint']).toBe(key?.Fingerprint);
    }
    const [first, second] = digests;
    expect(second?.digest['previousDigestSignature']).toBe(first?.metadata['signature']);
    expect(second?.digest['previousDigestHashValue']).toBe(hash('sha256', first?.text ?? ''));
    expect([second?.digest['digestStartTime'], second?.digest['logFiles']]).toEqual([first?.digest['digestEndTime'], []]);
    const named = first?.digest['logFiles'] as readonly { readonly s3Object: string; readonly hashValue: string }[];
    const files = await trail.files('CloudTrail');
    expect(named.map(({ hashValue }) => hashValue)).toEqual(
      named.map(({ s3Object }) => hash('sha256', files.find((file) => file.key === s3Object)?.text ?? '')),
    );
    expect(named).toHaveLength(1);
  });
});

describe('The event bus', () => {
  documented('EventBridge user guide, "AWS service events delivered via CloudTrail"', 'hears of calls while a trail logs', async () => {
    const [events, sqs] = [new EventBridgeClient(config), new SQSClient(config)];
    const queueArn = world.arn('sqs', 'calls');
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'calls', Attributes: { Policy: letEventBridge(queueArn) } }));
    const pattern = { source: ['aws.iot'], 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventSource: ['iot.amazonaws.com'] } };
    await events.send(new PutRuleCommand({ Name: 'calls', EventPattern: JSON.stringify(pattern) }));
    await events.send(new PutTargetsCommand({ Rule: 'calls', Targets: [{ Id: 'q', Arn: queueArn }] }));
    await world.iot.send(new CreateThingCommand({ thingName: 'heard' }));
    await world.iot.send(new DescribeThingCommand({ thingName: 'heard' }));
    world.clock.advance(2000);
    await trail.cloudTrail.send(new StopLoggingCommand({ Name: 'all-of-it' }));
    await world.iot.send(new DeleteThingCommand({ thingName: 'heard' }));
    world.clock.advance(2000);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown)).toEqual([
      expect.objectContaining({
        ...{ source: 'aws.iot', 'detail-type': 'AWS API Call via CloudTrail', account: '123456789012', resources: [] },
        detail: expect.objectContaining({ eventName: 'CreateThing', requestParameters: { thingName: 'heard' } }) as unknown,
      }),
    ]);
    expect(await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))).toBeDefined();
    for (const client of [events, sqs]) client.destroy();
  });
});

const denial = (bucket: string) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${bucket}/AWSLogs/*`,
});

const letEventBridge = (Resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource }],
  });

const invocationOf = (functionArn: string) => ({ functionArn, payload: {}, principal: 'iot.amazonaws.com' });

const onboarded = async (): Promise<{ readonly certificateId: string; readonly result: string }> => {
  const templateName = await world.template(simpleTemplate);
  const device = await world.device();
  const { certificateId, certificateOwnershipToken } = await world.certify(device);
  const { result } = await world.onboard(templateName, { certificateOwnershipToken }, device);
  return { certificateId, result };
};
