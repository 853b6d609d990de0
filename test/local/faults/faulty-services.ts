import { createAccountControls } from '../../../local/control/account-controls.ts';
import { RequestLog } from '../../../local/control/request-log.ts';
import { FaultBook } from '../../../local/faults/fault-book.ts';
import { AccountEntrance } from '../../../local/gateway/account-entrance.ts';
import { createGateway, type Gateway } from '../../../local/gateway/gateway.ts';
import { createIamService } from '../../../local/iam/iam-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { createS3Service } from '../../../local/s3/s3-service.ts';
import { createSsmService } from '../../../local/ssm/ssm-service.ts';
import { createStsService } from '../../../local/sts/sts-service.ts';
import { testAccount, testStartMs } from '../service-endpoint.ts';

const key = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'test' };

/** A few services of an account behind a gateway, with faults and a log of ten requests. */
export class FaultyServices {
  readonly clock = new ManualClock(testStartMs);
  readonly faults = new FaultBook(this.clock);
  readonly log = new RequestLog(10);
  readonly #gateway: Gateway;
  #endpoint = '';

  private constructor() {
    const options = { account: testAccount, clock: this.clock };
    const caller = { accountId: testAccount.accountId, accessKeyId: key.accessKeyId, arn: 'arn:aws:iam::123456789012:root' };
    const callers = { find: () => ({ isKnown: true, caller, secretAccessKey: key.secretAccessKey }) as const };
    const { requests } = createAccountControls(this.clock, this.faults, this.log);
    const sts = createStsService({ ...options, iam: createIamService(options) });
    const services = [sts.api, createS3Service(options).api, createSsmService(options).api];
    this.#gateway = createGateway(new AccountEntrance(callers, requests).register(...services));
  }

  static async start(): Promise<FaultyServices> {
    const services = new FaultyServices();
    services.#endpoint = await services.#gateway.listen(0);
    return services;
  }

  get config() {
    return { endpoint: this.#endpoint, region: testAccount.region, credentials: key, maxAttempts: 1, forcePathStyle: true };
  }

  stop(): Promise<void> {
    return this.#gateway.stop();
  }
}
