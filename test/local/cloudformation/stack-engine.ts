import type { Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { CloudFormationService } from '../../../local/cloudformation/cloudformation-service.ts';
import { createCloudFormationService } from '../../../local/cloudformation/cloudformation-service.ts';
import type { InvokeCustomResource } from '../../../local/cloudformation/resources/custom-resource.ts';
import { AccountEntrance } from '../../../local/gateway/account-entrance.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { BucketStore } from '../../../local/s3/bucket-store.ts';
import { ParameterStore } from '../../../local/ssm/parameter-store.ts';
import { testAccount, testStartMs } from '../service-endpoint.ts';
import { ThingFactory } from './thing-factory.ts';

/** A CloudFormation that can deploy `Test::Thing`, behind an SDK client. */
export interface StackEngine {
  readonly client: CloudFormationClient;
  readonly service: CloudFormationService;
  readonly factory: ThingFactory;
  readonly clock: ManualClock;
  readonly parameters: ParameterStore;
  readonly buckets: BucketStore;
  create(stackName: string, template: object): Promise<Stack>;
  update(stackName: string, template: object): Promise<Stack>;
  delete(stackName: string): Promise<Stack>;
  describe(stackName: string): Promise<Stack>;
  events(stackName: string): Promise<readonly StackEvent[]>;
  stop(): Promise<void>;
}

const callers = {
  find: (accessKeyId: string) => ({
    isKnown: true as const,
    caller: { accountId: testAccount.accountId, accessKeyId, arn: `arn:aws:iam::${testAccount.accountId}:user/test` },
    secretAccessKey: 'test',
  }),
};

/** Starts an engine whose custom resources are served by `invokeCustomResource`. */
export const startStackEngine = async (
  invokeCustomResource: InvokeCustomResource = () => Promise.reject(new Error('There is no such function.')),
): Promise<StackEngine> => {
  const clock = new ManualClock(testStartMs);
  const [factory, parameters, buckets] = [new ThingFactory(), new ParameterStore(testAccount, clock), new BucketStore(clock)];
  let endpoint = '';
  const isServiceRole = (arn: string): boolean => arn.endsWith('/cloudformation');
  const service = createCloudFormationService({
    ...{ account: testAccount, clock, isServiceRole, invokeCustomResource, actAsRole: (_roleArn, work) => work() },
    endpoint: () => endpoint,
    readObject: (bucket, key) => buckets.findObject(bucket, key),
    readParameter: (name) => parameters.find(name),
  });
  service.providers.register(factory.provider);
  const { prefix, route } = service.responseRoute;
  const gateway = createGateway(new AccountEntrance(callers).register(service.api).routeUnsigned(prefix, route));
  endpoint = await gateway.listen(0);
  const client = new CloudFormationClient({
    ...{ endpoint, region: testAccount.region, maxAttempts: 1 },
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
  });
  const describe = async (StackName: string): Promise<Stack> => {
    await service.idle();
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0] ?? Promise.reject(new Error(`no stack ${StackName}`));
  };
  const textOf = (template: object): { readonly TemplateBody: string } => ({ TemplateBody: JSON.stringify(template) });
  return {
    ...{ client, service, factory, clock, parameters, buckets, describe },
    create: async (StackName, template) => {
      const { StackId = '' } = await client.send(new CreateStackCommand({ StackName, ...textOf(template) }));
      return describe(StackId);
    },
    update: async (StackName, template) => {
      await client.send(new UpdateStackCommand({ StackName, ...textOf(template) }));
      return describe(StackName);
    },
    delete: async (StackName) => {
      const { StackId = '' } = await describe(StackName);
      await client.send(new DeleteStackCommand({ StackName }));
      return describe(StackId);
    },
    events: async (StackName) => (await client.send(new DescribeStackEventsCommand({ StackName }))).StackEvents?.toReversed() ?? [],
    stop: async () => {
      client.destroy();
      await gateway.stop();
    },
  };
};

/** A `Test::Thing` of a template. */
export const thing = (Properties: object = {}, attributes: object = {}): object => ({ Type: 'Test::Thing', Properties, ...attributes });
