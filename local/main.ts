import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { CloudFormationService } from './cloudformation/cloudformation-service.ts';
import { createCloudFormationService } from './cloudformation/cloudformation-service.ts';
import { createEcrService } from './ecr/ecr-service.ts';
import { createGateway } from './gateway/gateway.ts';
import { createIamService } from './iam/iam-service.ts';
import { createS3Service } from './s3/s3-service.ts';
import { createSsmService } from './ssm/ssm-service.ts';
import { createStsService } from './sts/sts-service.ts';

export interface LocalAwsOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `123456789012`. */
  readonly accountId?: string;
  /** Of the HTTP endpoint. Default 0: a free one. */
  readonly port?: number;
}

/** A running local AWS. Several can run side by side. */
export interface LocalAws {
  /** `http://127.0.0.1:<port>`: every AWS API but MQTT. */
  readonly endpoint: string;
  readonly account: Account;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What a child process needs to talk to this AWS and to no other, e.g. the CDK CLI. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly cloudFormation: CloudFormationService;
  stop(): Promise<void>;
}

const environmentOf = (endpoint: string, account: Account, credentials: LocalAws['credentials']): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: account.region,
  AWS_DEFAULT_REGION: account.region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  // Nothing of the user's own configuration may lead to a real account.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Starts a local AWS on 127.0.0.1. Its state is in memory and is gone when it stops. */
export const startLocalAws = async (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  const clock = options.clock ?? systemClock;
  const account: Account = { accountId: options.accountId ?? '123456789012', region: options.region ?? 'us-east-1', partition: 'aws' };
  let endpoint = '';
  const iam = createIamService({ account, clock });
  const sts = createStsService({ account, clock, roles: iam.roles });
  const s3 = createS3Service({ account, clock });
  const ssm = createSsmService({ account, clock });
  const ecr = createEcrService({ account, clock });
  const cloudFormation = createCloudFormationService({
    account,
    clock,
    buckets: s3.buckets,
    parameters: ssm.parameters,
    isServiceRole: (roleArn) => sts.sessions.isAssumableBy(roleArn, 'cloudformation.amazonaws.com'),
    invokeCustomResource: () => Promise.reject(new Error('There are no functions yet.')),
    endpoint: () => endpoint,
  });
  const services = [iam, s3, ssm, ecr];
  for (const { resources } of services) cloudFormation.providers.register(...resources);
  const gateway = createGateway(sts.accessKeys);
  gateway.register(sts.api, cloudFormation.api, ...services.map(({ api }) => api));
  gateway.routeUnsigned(cloudFormation.responseRoute.prefix, cloudFormation.responseRoute.route);
  endpoint = await gateway.listen(options.port ?? 0);
  const credentials = sts.accessKeys.createLongLived(account.accountId, `arn:aws:iam::${account.accountId}:user/local-administrator`);
  return {
    endpoint,
    account,
    credentials,
    environment: environmentOf(endpoint, account, credentials),
    clock,
    cloudFormation,
    stop: async () => {
      await gateway.stop();
    },
  };
};
