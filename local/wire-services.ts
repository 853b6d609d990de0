import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import type { CloudFormationService } from './cloudformation/cloudformation-service.ts';
import { createCloudFormationService } from './cloudformation/cloudformation-service.ts';
import type { ResourceProvider } from './cloudformation/resource-provider.ts';
import { invokeThroughLambda } from './cloudformation/resources/invoke-through-lambda.ts';
import type { DynamodbService } from './dynamodb/dynamodb-service.ts';
import { createDynamodbService } from './dynamodb/dynamodb-service.ts';
import { createEcrService } from './ecr/ecr-service.ts';
import type { ApiService } from './gateway/api-service.ts';
import type { IamService } from './iam/iam-service.ts';
import { createIamService } from './iam/iam-service.ts';
import type { IotLogEntry } from './iot/events/iot-log.ts';
import type { IotCore, IotCoreOptions } from './iot/iot-core.ts';
import { createIotCore } from './iot/iot-core.ts';
import { createKmsService } from './kms/kms-service.ts';
import type { LambdaPorts } from './lambda/lambda-ports.ts';
import type { LambdaService } from './lambda/lambda-service.ts';
import { createLambdaService } from './lambda/lambda-service.ts';
import type { LogsService } from './logs/logs-service.ts';
import { createLogsService } from './logs/logs-service.ts';
import { createRuleLogWriter } from './rule-log-writer.ts';
import type { S3Service } from './s3/s3-service.ts';
import { createS3Service } from './s3/s3-service.ts';
import type { SnsService } from './sns/sns-service.ts';
import { createSnsService } from './sns/sns-service.ts';
import type { SqsService } from './sqs/sqs-service.ts';
import { createSqsService } from './sqs/sqs-service.ts';
import { createSsmService } from './ssm/ssm-service.ts';
import type { StsService } from './sts/sts-service.ts';
import { createStsService } from './sts/sts-service.ts';

export interface WiringOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** The gateway's address, known once it listens. */
  readonly endpoint: () => string;
  readonly dynamodbEndpoint?: string | undefined;
  /** Delays, rates and names in which this AWS IoT differs from the default. */
  readonly iotSettings?: IotCoreOptions['settings'] | undefined;
  readonly iotBehaviour?: IotCoreOptions['capture'] | undefined;
  readonly iotLog?: ((entry: IotLogEntry) => void) | undefined;
}

/** The services of one local AWS, each knowing those that it needs. */
export interface WiredServices {
  readonly cloudFormation: CloudFormationService;
  readonly dynamodb: DynamodbService;
  readonly iam: IamService;
  readonly iot: IotCore;
  readonly lambda: LambdaService;
  readonly logs: LogsService;
  readonly s3: S3Service;
  readonly sns: SnsService;
  readonly sqs: SqsService;
  readonly sts: StsService;
  /** Everything that answers requests. */
  readonly apis: readonly ApiService[];
}

const sessionSeconds = 3600;

/** Reads packages, assumes roles and finds queues for Lambda. */
const lambdaPorts = (services: Pick<WiredServices, 's3' | 'sts' | 'sqs' | 'logs'>, endpoint: () => string): LambdaPorts => ({
  readObject: (bucket, key) =>
    new Promise((resolve) => {
      resolve(services.s3.buckets.get(bucket).get(key).body);
    }),
  assumeRole: (roleArn) =>
    new Promise((resolve) => {
      const request = { roleArn, sessionName: 'lambda', durationSeconds: sessionSeconds };
      resolve(services.sts.sessions.assumeAsService(request, 'lambda.amazonaws.com').credentials);
    }),
  appendLog: (logGroup, logStream, message) => {
    services.logs.append(logGroup, logStream, message);
  },
  endpoint,
  queues: services.sqs.reader,
});

const createStorage = ({ account, clock, endpoint, dynamodbEndpoint }: WiringOptions) => ({
  dynamodb: createDynamodbService({ account, clock, endpoint: dynamodbEndpoint }),
  ecr: createEcrService({ account, clock }),
  kms: createKmsService({ account, clock }),
  logs: createLogsService({ account, clock }),
  s3: createS3Service({ account, clock }),
  sqs: createSqsService({ account, clock, endpoint }),
  ssm: createSsmService({ account, clock }),
});

type Storage = ReturnType<typeof createStorage>;

/** CloudFormation, which acts in the account's own name. */
const createDeployer = (
  { account, clock, endpoint }: WiringOptions,
  services: Pick<Storage, 's3' | 'ssm'> & { readonly sts: StsService; readonly lambda: LambdaService },
): CloudFormationService =>
  createCloudFormationService({
    ...{ account, clock, endpoint, buckets: services.s3.buckets, parameters: services.ssm.parameters },
    isServiceRole: (roleArn) => services.sts.sessions.isAssumableBy(roleArn, 'cloudformation.amazonaws.com'),
    invokeCustomResource: invokeThroughLambda(services.lambda.api, {
      accountId: account.accountId,
      accessKeyId: 'CLOUDFORMATION',
      arn: `arn:${account.partition}:iam::${account.accountId}:root`,
    }),
  });

/** Makes every service of a local AWS and introduces them to each other. Nothing listens yet. */
export const wireServices = (options: WiringOptions): WiredServices => {
  const { account, clock, endpoint } = options;
  const iam = createIamService({ account, clock });
  const sts = createStsService({ account, clock, roles: iam.roles });
  const storage = createStorage(options);
  const lambda = createLambdaService({ account, clock, ports: lambdaPorts({ ...storage, sts }, endpoint) });
  const sns = createSnsService({
    account,
    clock,
    ports: {
      invoker: lambda.invoker,
      deliverToQueue: (message) => {
        storage.sqs.deliver(message);
      },
    },
  });
  storage.logs.deliverTo(lambda.invoker);
  const iot = createIotCore({
    ...{ account, clock, invoker: lambda.invoker, queues: storage.sqs.sender },
    logs: createRuleLogWriter(storage.logs.api, account),
    log: options.iotLog ?? (() => undefined),
    ...(options.iotSettings === undefined ? {} : { settings: options.iotSettings }),
    ...(options.iotBehaviour === undefined ? {} : { capture: options.iotBehaviour }),
  });
  const cloudFormation = createDeployer(options, { ...storage, sts, lambda });
  const deployable: readonly { readonly api: ApiService; readonly resources: readonly ResourceProvider[] }[] = [
    ...Object.values(storage),
    ...[iam, lambda, sns, iot],
  ];
  for (const { resources } of deployable) cloudFormation.providers.register(...resources);
  const apis = [sts.api, cloudFormation.api, ...deployable.map(({ api }) => api)];
  return { ...storage, iam, sts, lambda, sns, iot, cloudFormation, apis };
};
