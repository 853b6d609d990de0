import type { Account } from '../../local/account.ts';
import type { ApiService } from '../../local/gateway/api-service.ts';
import { AccountEntrance } from '../../local/gateway/account-entrance.ts';
import { createGateway } from '../../local/gateway/gateway.ts';

export const testAccount: Account = { accountId: '123456789012', region: 'eu-central-1', partition: 'aws' };

/** Some instant; tests that move time start here. */
export const testStartMs = Date.UTC(2026, 10, 22);

const accessKeyId = 'AKIATESTTESTTESTTEST';
const secretAccessKey = 'test';

/** What an SDK client needs to talk to services that a test started. */
export interface ServiceEndpoint {
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  stop(): Promise<void>;
}

/** Serves the given services on a free loopback port, to one caller who may do everything. */
export const serve = async (...services: readonly ApiService[]): Promise<ServiceEndpoint> => {
  const caller = { accountId: testAccount.accountId, accessKeyId, arn: `arn:aws:iam::${testAccount.accountId}:root` };
  const callers = { find: () => ({ isKnown: true, caller, secretAccessKey }) as const };
  const gateway = createGateway(new AccountEntrance(callers).register(...services));
  const endpoint = await gateway.listen(0);
  return {
    config: { endpoint, region: testAccount.region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 },
    stop: () => gateway.stop(),
  };
};
