import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingsCommand,
} from '@aws-sdk/client-iot';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { attempt, type DeviceCredentials } from '../conformance/device-connections.ts';

const COUNT = 20;

interface Deployment {
  readonly aws: LocalAws;
  readonly number: number;
  readonly config: { readonly endpoint: string; readonly region: string; readonly credentials: LocalAws['credentials'] };
  readonly device: DeviceCredentials;
}

const mayConnect = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }] };

/** Names that every deployment has in common, and one thing that only this one has. */
const templateOf = (number: number): string =>
  JSON.stringify({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'events' } },
      Shared: {
        Type: 'AWS::IoT::Thing',
        Properties: { ThingName: 'gateway', AttributePayload: { Attributes: { number: String(number) } } },
      },
      Policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'connect', PolicyDocument: mayConnect } },
      Own: { Type: 'AWS::IoT::Thing', Properties: { ThingName: `gateway-${String(number)}` } },
    },
  });

const deploy = async (number: number): Promise<Deployment> => {
  const aws = await startLocalAws();
  const config = { endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials };
  await new CloudFormationClient(config).send(new CreateStackCommand({ StackName: 'fleet', TemplateBody: templateOf(number) }));
  const iot = new IoTClient(config);
  const { certificatePem = '', certificateArn, keyPair } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
  await iot.send(new AttachPolicyCommand({ policyName: 'connect', target: certificateArn }));
  return { aws, number, config, device: { cert: certificatePem, key: keyPair?.PrivateKey ?? '' } };
};

let deployments: readonly Deployment[];

beforeAll(async () => {
  deployments = await Promise.all(Array.from({ length: COUNT }, (_, number) => deploy(number)));
});
afterAll(() => Promise.all(deployments.map(({ aws }) => aws.stop())));

describe('Twenty deployments in one process', () => {
  test('have the same names and resources of their own', async () => {
    for (const { config, number } of deployments) {
      const { Stacks } = await new CloudFormationClient(config).send(new DescribeStacksCommand({}));
      expect(Stacks?.map(({ StackName, StackStatus }) => [StackName, StackStatus])).toEqual([['fleet', 'CREATE_COMPLETE']]);
      const iot = new IoTClient(config);
      expect((await iot.send(new ListThingsCommand({}))).things?.map(({ thingName }) => thingName)).toEqual([
        'gateway',
        `gateway-${String(number)}`,
      ]);
      expect((await iot.send(new DescribeThingCommand({ thingName: 'gateway' }))).attributes).toEqual({ number: String(number) });
      expect((await new SQSClient(config).send(new ListQueuesCommand({}))).QueueUrls).toEqual([expect.stringContaining(config.endpoint)]);
    }
  });

  test("know nobody's access keys but their own", async () => {
    for (const [index, { config }] of deployments.entries()) {
      const { credentials } = deployments[(index + 1) % COUNT]?.aws ?? {};
      if (credentials === undefined) throw new Error('there is a next deployment');
      await expect(new IoTClient({ ...config, credentials, maxAttempts: 1 }).send(new ListThingsCommand({}))).rejects.toMatchObject({
        name: 'UnrecognizedClientException',
      });
    }
  });

  test("know nobody's devices but their own", async () => {
    const answers = await Promise.all(
      deployments.map(async ({ aws, device }, index) => {
        const stranger = deployments[(index + 1) % COUNT]?.device ?? device;
        return [await attempt(aws, device, { clientId: 'gateway' }), await attempt(aws, stranger, { clientId: 'gateway' })];
      }),
    );
    expect(answers).toEqual(deployments.map(() => ['accepted', 'closed']));
  });
});
