import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonError, awsJsonService } from '../gateway/aws-json.ts';
import { refusingService } from '../gateway/refusing-service.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import type { OperationTable } from '../gateway/operation.ts';
import type { AlarmDependencies } from './alarms/alarm-dependencies.ts';
import { AlarmStore } from './alarms/alarm-store.ts';
import type { AlarmWatchOptions } from './alarms/alarm-watch.ts';
import { AlarmWatch } from './alarms/alarm-watch.ts';
import { dashboardOperations } from './dashboards/dashboard-operations.ts';
import { cloudWatchAuthorization } from './authorization.ts';
import { queryErrorHeader } from './cloudwatch-errors.ts';
import { MetricStore } from './metric-store.ts';
import { describeAlarmHistory } from './operations/alarm-history.ts';
import { deleteAlarms, listAlarmTags, setAlarmState, switchAlarmActions, tagAlarm, untagAlarm } from './operations/alarm-states.ts';
import { describeAlarm, describeAlarms, describeAlarmsForMetric } from './operations/describe-alarms.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { putCompositeAlarm } from './operations/put-composite-alarm.ts';
import { putMetricAlarm } from './operations/put-metric-alarm.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { alarmResource } from './resources/alarm-resource.ts';
import { compositeAlarmResource } from './resources/composite-alarm-resource.ts';
import { dashboardResource } from './resources/dashboard-resource.ts';
import { uncompressed } from './uncompressed.ts';

export interface CloudWatchService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** For the services of the account that publish metrics of their own. */
  readonly metrics: MetricStore;
  /** The alarms, as DescribeAlarms shows them. */
  alarms(): readonly object[];
  /** No alarm is evaluated any more. */
  stop(): void;
}

export interface CloudWatchOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
  /** Tells topics of alarms; without it no topic lets CloudWatch in. Throws `AwsError`. */
  readonly notify?: AlarmWatchOptions['notify'];
}

const metricOperations = (metrics: MetricStore, clock: Clock): OperationTable => ({
  GetMetricData: getMetricData(metrics),
  GetMetricStatistics: getMetricStatistics(metrics),
  ListMetrics: listMetrics(metrics, clock),
  PutMetricData: putMetricData(metrics, clock),
});

const alarmOperations = (dependencies: AlarmDependencies): OperationTable => ({
  DeleteAlarms: deleteAlarms(dependencies),
  DescribeAlarmHistory: describeAlarmHistory(dependencies),
  DescribeAlarms: describeAlarms(dependencies),
  DescribeAlarmsForMetric: describeAlarmsForMetric(dependencies),
  DisableAlarmActions: switchAlarmActions(dependencies, false),
  EnableAlarmActions: switchAlarmActions(dependencies, true),
  ListTagsForResource: listAlarmTags(dependencies),
  PutCompositeAlarm: putCompositeAlarm(dependencies),
  PutMetricAlarm: putMetricAlarm(dependencies),
  SetAlarmState: setAlarmState(dependencies),
  TagResource: tagAlarm(dependencies),
  UntagResource: untagAlarm(dependencies),
});

const apiOf = (operations: OperationTable): ApiService => {
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

const refuseToNotify = (): never => {
  throw new AwsError('AuthorizationError', 'No topic lets CloudWatch in.', { status: 403 });
};

/** Amazon CloudWatch: metrics with their statistics, minute by minute, alarms on them and on each other, and dashboards. */
export const createCloudWatchService = ({ account, clock, access, notify = refuseToNotify }: CloudWatchOptions): CloudWatchService => {
  const [metrics, alarms] = [new MetricStore(clock), new AlarmStore(account)];
  const watch = new AlarmWatch({ account, clock, metrics, alarms, notify });
  const table = {
    ...metricOperations(metrics, clock),
    ...alarmOperations({ clock, alarms, watch }),
    ...dashboardOperations(account, clock),
  };
  const operations = guardOperations(table, { access, authorization: cloudWatchAuthorization(account, alarms) });
  return {
    api: apiOf(operations),
    resources: [alarmResource, compositeAlarmResource, dashboardResource].map((provider) => provider(operationCaller(account, operations))),
    metrics,
    alarms: () => alarms.list().map(describeAlarm),
    stop: () => {
      watch.stop();
    },
  };
};
