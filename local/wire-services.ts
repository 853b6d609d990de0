import type { Account } from './account.ts';
import { type AcmPcaService, createAcmPcaService } from './acm-pca/acm-pca-service.ts';
import type { ApiGatewayService } from './apigateway/apigateway-service.ts';
import { createApiGatewayService } from './apigateway/apigateway-service.ts';
import { createAthenaService } from './athena/athena-service.ts';
import { createGlueService } from './glue/glue-service.ts';
import type { Clock } from './clock.ts';
import type { CloudTrailService } from './cloudtrail/cloudtrail-service.ts';
import { createCloudTrailService } from './cloudtrail/cloudtrail-service.ts';
import type { CloudWatchService } from './cloudwatch/cloudwatch-service.ts';
import { createCloudWatchService } from './cloudwatch/cloudwatch-service.ts';
import type { CloudFormationService } from './cloudformation/cloudformation-service.ts';
import { createCloudFormationService } from './cloudformation/cloudformation-service.ts';
import type { ResourceProvider } from './cloudformation/resource-provider.ts';
import { invokeThroughLambda } from './cloudformation/resources/invoke-through-lambda.ts';
import type { AccountControls } from './control/account-controls.ts';
import type { DynamodbService } from './dynamodb/dynamodb-service.ts';
import { createDynamodbService } from './dynamodb/dynamodb-service.ts';
import { createEcrService } from './ecr/ecr-service.ts';
import type { EventPorts } from './eventbridge/deliver-event.ts';
import type { EventBridgeService } from './eventbridge/eventbridge-service.ts';
import { createEventBridgeService } from './eventbridge/eventbridge-service.ts';
import { actAs } from './gateway/acting-caller.ts';
import type { ApiService } from './gateway/api-service.ts';
import type { AccessControl } from './iam/access/access-control.ts';
import type { ForeignEndpoints } from './handoff/foreign-endpoint.ts';
import { Handoff } from './handoff/handoff.ts';
import type { IamService } from './iam/iam-service.ts';
import type { IotLogEntry } from './iot/events/iot-log.ts';
import { createIotLogWriter } from './iot-log-writer.ts';
import { iotServiceRoles, iotSessions } from './iot-service-roles.ts';
import type { IotCoreOptions } from './iot/iot-core-options.ts';
import type { IotCore } from './iot/iot-core.ts';
import { createIotCore } from './iot/iot-core.ts';
import type { KeyUse } from './kms/key-use.ts';
import type { KmsService } from './kms/kms-service.ts';
import { createKmsService } from './kms/kms-service.ts';
import type { LambdaService } from './lambda/lambda-service.ts';
import { createLambdaService } from './lambda/lambda-service.ts';
import type { LogsService } from './logs/logs-service.ts';
import { createLogsService } from './logs/logs-service.ts';
import { publicObjects } from './public-objects.ts';
import { createRuleActionTargets } from './rule-action-targets.ts';
import type { S3Service } from './s3/s3-service.ts';
import { createS3Service } from './s3/s3-service.ts';
import { createServiceQuotasService } from './servicequotas/service-quotas-service.ts';
import type { SnsService } from './sns/sns-service.ts';
import { createSnsService } from './sns/sns-service.ts';
import type { SqsService } from './sqs/sqs-service.ts';
import { createSqsService } from './sqs/sqs-service.ts';
import type { SsmService } from './ssm/ssm-service.ts';
import { createSsmService } from './ssm/ssm-service.ts';
import type { StsService } from './sts/sts-service.ts';
import { createIdentity } from './wire-identity.ts';
import { lambdaPorts } from './wire-lambda-ports.ts';

export interface WiringOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** The gateway's address, known once it listens. */
  readonly endpoint: () => string;
  /** Services that somebody else runs. */
  readonly endpoints?: ForeignEndpoints | undefined;
  /** Delays, rates and names in which this AWS IoT differs from the default. */
  readonly iotSettings?: IotCoreOptions['settings'] | undefined;
  readonly iotBehaviour?: IotCoreOptions['capture'] | undefined;
  /** Which account has which certificate authority to itself, shared by the accounts of one local AWS. */
  readonly caHolders?: IotCoreOptions['caHolders'];
  readonly iotLog?: ((entry: IotLogEntry) => void) | undefined;
  /** What stands between the services and those who call them. */
  readonly controls?: AccountControls | undefined;
}

/** The services of one local AWS, each knowing those that it needs. */
export interface WiredServices {
  readonly acmPca: AcmPcaService;
  readonly apiGateway: ApiGatewayService;
  readonly cloudFormation: CloudFormationService;
  readonly cloudTrail: CloudTrailService;
  readonly cloudWatch: CloudWatchService;
  readonly dynamodb: DynamodbService;
  readonly eventBridge: EventBridgeService;
  readonly iam: IamService;
  readonly iot: IotCore;
  readonly kms: KmsService;
  readonly lambda: LambdaService;
  readonly logs: LogsService;
  readonly s3: S3Service;
  readonly sns: SnsService;
  readonly sqs: SqsService;
  readonly ssm: SsmService;
  readonly sts: StsService;
  /** Everything that answers requests. */
  readonly apis: readonly ApiService[];
}

const sessionSeconds = 3600;

const createStorage = (options: WiringOptions, access: AccessControl, handoff: Handoff) => {
  const { account, clock, endpoint } = options;
  const foreignKeys = handoff.find('kms')?.call;
  const kms = createKmsService({ account, clock, access, foreign: foreignKeys });
  // Whoever keeps the keys elsewhere has them judged there.
  const keyUse = foreignKeys === undefined ? kms.keyUse : undefined;
  const s3 = createS3Service({ account, clock, access, keyUse });
  return {
    acmPca: createAcmPcaService({
      ...{ account, clock, access, buckets: s3.buckets },
      ...{ behaviour: options.iotBehaviour, settings: options.iotSettings },
    }),
    dynamodb: createDynamodbService({ account, clock, access, keyUse, foreign: handoff.find('dynamodb') }),
    ecr: createEcrService({ account, clock, access }),
    kms,
    logs: createLogsService({ account, clock, access, keyUse, foreign: handoff.find('logs')?.call }),
    s3,
    sqs: createSqsService({ account, clock, endpoint, access, foreign: handoff.find('sqs')?.call }),
    ssm: createSsmService({ account, clock, access }),
  };
};

type Storage = ReturnType<typeof createStorage>;

/** CloudFormation, which acts with a stack's role or with its caller's permissions. */
const createDeployer = (
  { account, clock, endpoint }: WiringOptions,
  services: Pick<Storage, 's3' | 'ssm'> & { readonly sts: StsService; readonly lambda: LambdaService; readonly access: AccessControl },
): CloudFormationService =>
  createCloudFormationService({
    ...{ account, clock, endpoint, access: services.access, readObject: services.s3.readObject, readParameter: services.ssm.readParameter },
    isServiceRole: (roleArn) => services.sts.sessions.isAssumableBy(roleArn, 'cloudformation.amazonaws.com'),
    actAsRole: (roleArn, work) => {
      const request = { roleArn, sessionName: 'AWSCloudFormation', durationSeconds: sessionSeconds };
      const actingService = 'cloudformation.amazonaws.com';
      return actAs({ ...services.sts.sessions.assumeAsService(request, actingService).caller, actingService }, work);
    },
    invokeCustomResource: invokeThroughLambda(services.lambda.api, {
      accountId: account.accountId,
      accessKeyId: 'CLOUDFORMATION',
      arn: `arn:${account.partition}:iam::${account.accountId}:root`,
    }),
  });

/** What tells others of what happens: topics, rules that run by the clock, and alarms. */
const createNotifiers = (
  { account, clock, endpoint }: WiringOptions,
  {
    access,
    lambda,
    sqs,
    keyUse,
  }: { readonly access: AccessControl; readonly lambda: LambdaService } & Pick<Storage, 'sqs'> & {
      readonly keyUse: KeyUse | undefined;
    },
) => {
  const deliverToQueue: EventPorts['deliverToQueue'] = (message) => {
    sqs.deliver(message);
  };
  const sns = createSnsService({
    ...{ account, clock, access, endpoint, keyUse },
    ports: { invoker: lambda.invoker, deliverToQueue },
  });
  return {
    sns,
    eventBridge: createEventBridgeService({ account, clock, access, ports: { functions: lambda.sender, deliverToQueue } }),
    cloudWatch: createCloudWatchService({
      ...{ account, clock, access },
      notify: ({ topicArn, alarmArn, ...told }) => {
        sns.publishFromService({ topicArn, sourceArn: alarmArn, principal: 'cloudwatch.amazonaws.com', ...told });
      },
    }),
  };
};

/** Makes every service of a local AWS and introduces them to each other. Nothing listens yet. */
export const wireServices = (options: WiringOptions): WiredServices => {
  const { account, clock, endpoint } = options;
  const { access, iam, sts } = createIdentity({ account, clock });
  const handoff = new Handoff(options.endpoints ?? {}, options);
  const storage = createStorage(options, access, handoff);
  const lambda = createLambdaService({
    ...{
      account,
      clock,
      access,
      ports: { ...lambdaPorts({ ...storage, sts }, { clock, endpoint }), endpointVariables: handoff.variables },
    },
    ...(options.controls === undefined ? {} : { intercept: options.controls.functions }),
  });
  const apiGateway = createApiGatewayService({ account, clock, endpoint, access, invoker: lambda.invoker });
  const keyUse = handoff.find('kms') === undefined ? storage.kms.keyUse : undefined;
  const { sns, eventBridge, cloudWatch } = createNotifiers(options, { access, lambda, sqs: storage.sqs, keyUse });
  storage.logs.deliverTo(lambda.sender);
  for (const measured of [storage.logs, storage.sqs, lambda]) measured.measureWith(cloudWatch.metrics);
  const sessionOf = iotSessions(clock, sts.sessions);
  const iot = createIotCore({
    ...{
      account,
      clock,
      access,
      roles: iotServiceRoles(sts.sessions, { access, sessionOf }),
      invoker: lambda.invoker,
      queues: storage.sqs.sender,
    },
    caHolders: options.caHolders,
    revocationList: publicObjects(account, storage.s3.buckets),
    callers: sts.accessKeys,
    ruleTargets: createRuleActionTargets(account, {
      ...{ logs: storage.logs.api, cloudWatch: cloudWatch.api, dynamodb: storage.dynamodb.api },
      notifications: sns.publisher,
    }),
    log: options.iotLog,
    metrics: cloudWatch.metrics,
    logWriter: createIotLogWriter(storage.logs.api, account, sessionOf),
    ...(options.controls === undefined ? {} : { openGate: options.controls.packets }),
    ...(options.iotSettings === undefined ? {} : { settings: options.iotSettings }),
    ...(options.iotBehaviour === undefined ? {} : { capture: options.iotBehaviour }),
  });
  const cloudTrail = createCloudTrailService({ account, clock, access, buckets: storage.s3.buckets, publish: eventBridge.publish });
  const cloudFormation = createDeployer(options, { ...storage, sts, lambda, access });
  const deployable: readonly { readonly api: ApiService; readonly resources: readonly ResourceProvider[] }[] = [
    ...Object.values(storage),
    ...[iam, lambda, apiGateway, cloudTrail, cloudWatch, eventBridge, sns, iot, createServiceQuotasService({ account, access })],
    ...[createAthenaService({ account, clock, access }), createGlueService({ account, clock, access })],
  ];
  for (const { api, resources } of deployable) cloudFormation.providers.register(...handoff.guard(api, resources));
  const apis = [sts.api, cloudFormation.api, iot.dataPlane, iot.jobsDataPlane, ...deployable.map(({ api }) => api)].map((api) =>
    handoff.replace(api),
  );
  return { ...storage, iam, sts, lambda, apiGateway, cloudTrail, cloudWatch, eventBridge, sns, iot, cloudFormation, apis };
};
