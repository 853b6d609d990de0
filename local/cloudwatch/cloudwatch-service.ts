import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonError, awsJsonService } from '../gateway/aws-json.ts';
import { refusingService } from '../gateway/refusing-service.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { cloudWatchAuthorization } from './authorization.ts';
import { queryErrorHeader } from './cloudwatch-errors.ts';
import { MetricStore } from './metric-store.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { uncompressed } from './uncompressed.ts';

export interface CloudWatchService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** For the services of the account that publish metrics of their own. */
  readonly metrics: MetricStore;
}

export interface CloudWatchOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
}

const apiOf = (metrics: MetricStore, { account, clock, access }: CloudWatchOptions): ApiService => {
  const table = {
    GetMetricData: getMetricData(metrics),
    GetMetricStatistics: getMetricStatistics(metrics),
    ListMetrics: listMetrics(metrics, clock),
    PutMetricData: putMetricData(metrics, clock),
  };
  const operations = guardOperations(table, { access, authorization: cloudWatchAuthorization(account) });
  const signingNames = ['monitoring'];
  // Current SDKs and the CLI choose AWS JSON among the protocols that CloudWatch has.
  const target = { targetPrefix: 'GraniteServiceVersion20100801', version: '1.0' as const };
  const plain = awsJsonService({ signingNames, ...target, operations, errorHeaders: queryErrorHeader });
  return refusingService({
    signingNames,
    operations,
    answer: async (request) => plain.handle(await uncompressed(request)),
    refuse: (error) => awsJsonError(error, target.version, queryErrorHeader(error)),
  });
};

/** Amazon CloudWatch: metrics with their statistics, minute by minute; no alarms. */
export const createCloudWatchService = (options: CloudWatchOptions): CloudWatchService => {
  const metrics = new MetricStore(options.clock);
  return { api: apiOf(metrics, options), resources: [], metrics };
};
