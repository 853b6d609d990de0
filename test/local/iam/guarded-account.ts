import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { systemClock } from '../../../local/clock.ts';
import { AccountEntrance } from '../../../local/gateway/account-entrance.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import type { WiredServices } from '../../../local/wire-services.ts';
import { wireServices } from '../../../local/wire-services.ts';

export interface TestCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const testAccountId = '123456789012';

/** All services of one account with IAM in front of them, without the MQTT endpoint. */
export interface GuardedAccount {
  readonly services: WiredServices;
  /** Of an SDK client; the administrator's unless other credentials are given. */
  config(credentials?: TestCredentials): {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: TestCredentials;
    readonly maxAttempts: number;
    readonly forcePathStyle: boolean;
  };
  /** A new user who may do what the statements say, and nothing else. */
  user(
    ...statements: readonly object[]
  ): Promise<{ readonly arn: string; readonly userName: string; readonly credentials: TestCredentials }>;
  stop(): Promise<void>;
}

export const startGuardedAccount = async (): Promise<GuardedAccount> => {
  let endpoint = '';
  const account = { accountId: testAccountId, region: 'us-east-1', partition: 'aws' } as const;
  const services = wireServices({ account, clock: systemClock, endpoint: () => endpoint });
  const gateway = createGateway(new AccountEntrance(services.sts.accessKeys).register(...services.apis));
  endpoint = await gateway.listen(0);
  const administrator = services.sts.accessKeys.createLongLived(testAccountId, `arn:aws:iam::${testAccountId}:user/local-administrator`);
  const config: GuardedAccount['config'] = (credentials = administrator) => ({
    ...{ endpoint, region: 'us-east-1', credentials, maxAttempts: 1, forcePathStyle: true },
  });
  let made = 0;
  return {
    services,
    config,
    user: async (...statements) => {
      const iam = new IAMClient(config());
      made += 1;
      const UserName = `user-${made}`;
      await iam.send(new CreateUserCommand({ UserName }));
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
      if (statements.length > 0) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
      return { arn: `arn:aws:iam::${testAccountId}:user/${UserName}`, userName: UserName, credentials };
    },
    stop: async () => {
      services.iot.close();
      await services.lambda.stop();
      await gateway.stop();
      await services.dynamodb.stop();
    },
  };
};
