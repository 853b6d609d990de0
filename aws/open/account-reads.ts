import { ACMPCAClient } from '@aws-sdk/client-acm-pca';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetPolicyCommand as GetManagedPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { IoTClient } from '@aws-sdk/client-iot';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountReads } from '../../domain/account-ports.ts';
import { readAuthority } from '../account/authority-reads.ts';
import { createIotReads } from '../account/iot-reads.ts';
import { createLimitReads } from '../account/limit-reads.ts';
import { createMessageReads } from '../account/message-reads.ts';
import { createStackReads } from '../account/stack-reads.ts';
import { unlessMissing } from '../account/unless-missing.ts';
import { trailsThatLog } from '../cloudtrail/trails-that-log.ts';

/** Of a bootstrap with no qualifier of its own (CDK Developer Guide, "Bootstrapping"). */
const BOOTSTRAP_VERSION = '/cdk-bootstrap/hnb659fds/version';

/** Some of these calls have a quota of a few a second for the whole account: waiting is better than failing. */
const patient = { maxAttempts: 8 };

/** In place of what the AWS SDK finds by itself. */
interface AccountAccess {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Reads the account with the credentials, region and endpoints that the AWS SDK finds by itself, unless told otherwise. */
export const openAccountReads = (config: AccountAccess = {}): AccountReads => {
  const all = { ...patient, ...config };
  const [sts, ssm, iam, lambda] = [new STSClient(all), new SSMClient(all), new IAMClient(all), new LambdaClient(all)];
  const [kms, privateCa, cloudTrail] = [new KMSClient(all), new ACMPCAClient(all), new CloudTrailClient(all)];
  const messages = {
    cloudWatch: new CloudWatchClient(all),
    events: new EventBridgeClient(all),
    sns: new SNSClient(all),
    sqs: new SQSClient(all),
  };
  return {
    async caller() {
      const { Account: accountId = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
      return { accountId, arn, region: await sts.config.region() };
    },
    async bootstrapVersion() {
      const found = await unlessMissing(ssm.send(new GetParameterCommand({ Name: BOOTSTRAP_VERSION })));
      return found?.Parameter?.Value === undefined ? undefined : Number(found.Parameter.Value);
    },
    async hasManagedPolicy(arn) {
      return (await unlessMissing(iam.send(new GetManagedPolicyCommand({ PolicyArn: arn })))) !== undefined;
    },
    async key(idOrAlias) {
      const found = await unlessMissing(kms.send(new DescribeKeyCommand({ KeyId: idOrAlias })));
      if (found?.KeyMetadata === undefined) return undefined;
      const { KeyId: id = '', KeyState: state = '', DeletionDate } = found.KeyMetadata;
      return { id, state, ...(DeletionDate === undefined ? {} : { deletesAt: DeletionDate.getTime() }) };
    },
    authority: (arn) => readAuthority(privateCa, arn),
    async functionPolicy(arn) {
      return (await unlessMissing(lambda.send(new GetPolicyCommand({ FunctionName: arn }))))?.Policy;
    },
    async trails() {
      const found = await trailsThatLog(cloudTrail);
      return found.map(({ Name: name = '', LogFileValidationEnabled: isValidated = false }) => ({ name, isValidated }));
    },
    ...createMessageReads(messages),
    ...createLimitReads(lambda, new ServiceQuotasClient(all)),
    stacks: createStackReads(new CloudFormationClient(all)),
    iot: createIotReads(new IoTClient(all)),
  };
};
