import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService, Caller } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import type { Guard } from '../iam/access/guard-operations.ts';
import { guardOperations, permits } from '../iam/access/guard-operations.ts';
import type { KeyUse } from '../kms/key-use.ts';
import type { EventSender } from '../lambda/event-sender.ts';
import { logsAuthorization } from './authorization.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import { LogStore } from './log-store.ts';
import type { LogsDependencies } from './logs-dependencies.ts';
import { logsOperations } from './logs-operations.ts';
import { metricFilterDelivery } from './metric-filter-delivery.ts';
import { queryDefinitionResource, resourcePolicyResource } from './resources/account-resources.ts';
import { metricFilterResource, subscriptionFilterResource } from './resources/filter-resources.ts';
import { logGroupResource } from './resources/log-group-resource.ts';
import { logStreamResource } from './resources/log-stream-resource.ts';
import { type DeliveryReport, subscriptionDelivery } from './subscription-delivery.ts';
import { deliveryMetrics, incomingMetrics } from './usage-metrics.ts';

export interface LogsService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** Writes one event for a service of the account; group and stream are made if there are none. */
  append(logGroup: string, logStream: string, message: string): void;
  /** Whether IAM lets somebody write to a stream, making what of it is not there. */
  permits(caller: Caller, to: { readonly logGroup: string; readonly logStream: string }): boolean;
  /** From now on events are handed to functions that subscribe to them. */
  deliverTo(sender: EventSender): void;
  /** From now on metric filters, embedded metrics and what is taken in and handed on make metrics. */
  measureWith(metrics: MetricStore): void;
}

export interface LogsOptions {
  /** Without it log groups take any key. */
  readonly keyUse?: KeyUse | undefined;
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
  /** Where resources are made instead, when the service was handed to another endpoint. */
  readonly foreign?: CallOperation | undefined;
}

/** Writing takes more where the group or the stream has to be made first. */
const writePermission = (logs: LogStore, guard: Guard): LogsService['permits'] => {
  const [mayPut, mayMakeStream, mayMakeGroup] = ['PutLogEvents', 'CreateLogStream', 'CreateLogGroup'].map((name) => permits(name, guard));
  return (caller, { logGroup: logGroupName, logStream: logStreamName }) => {
    const group = logs.find(logGroupName);
    const input = { logGroupName, logStreamName };
    if (group === undefined && mayMakeGroup?.({ logGroupName }, caller) !== true) return false;
    if (group?.streams.has(logStreamName) !== true && mayMakeStream?.(input, caller) !== true) return false;
    return mayPut?.(input, caller) === true;
  };
};

/** Amazon CloudWatch Logs: groups, streams, events, filter patterns, subscriptions of functions. */
export const createLogsService = ({ account, clock, access, keyUse, foreign }: LogsOptions): LogsService => {
  const logs = new LogStore(account, clock);
  const kept = { resourcePolicies: new Map(), queryDefinitions: new Map(), queries: new Map() };
  const dependencies: LogsDependencies = { account, clock, logs, keyUse, ...kept };
  const guard = { access, authorization: logsAuthorization(dependencies) };
  const operations = guardOperations(logsOperations(dependencies), guard);
  const mayWrite = writePermission(logs, guard);
  const reports: DeliveryReport[] = [];
  const call = foreign ?? operationCaller(account, operations);
  const providers = [
    logGroupResource,
    logStreamResource,
    metricFilterResource,
    subscriptionFilterResource,
    resourcePolicyResource,
    queryDefinitionResource,
  ];
  return {
    api: awsJsonService({ signingNames: ['logs'], targetPrefix: 'Logs_20140328', version: '1.1', operations }),
    resources: providers.map((provider) => provider(call)),
    append: (...event) => {
      logs.append(...event);
    },
    permits: mayWrite,
    deliverTo: (sender) => {
      const report: DeliveryReport = (...delivery) => {
        for (const told of reports) told(...delivery);
      };
      logs.onEvents(subscriptionDelivery({ account, clock, sender, report }));
    },
    measureWith: (metrics) => {
      logs.onEvents(metricFilterDelivery(metrics));
      logs.onEvents(embeddedMetrics(metrics));
      logs.onEvents(incomingMetrics(metrics));
      reports.push(deliveryMetrics(metrics, clock));
    },
  };
};
