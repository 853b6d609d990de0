import type { OperationTable } from '../gateway/operation.ts';
import type { LogsDependencies } from './logs-dependencies.ts';
import * as account from './operations/account-settings.ts';
import * as filters from './operations/filters.ts';
import * as settings from './operations/log-group-settings.ts';
import * as groups from './operations/log-groups.ts';
import * as streams from './operations/log-streams.ts';
import * as queries from './operations/queries.ts';
import { putLogEvents } from './operations/put-log-events.ts';
import { filterLogEvents, getLogEvents } from './operations/read-log-events.ts';

/** Every CloudWatch Logs operation that the local AWS has. */
export const logsOperations = (dependencies: LogsDependencies): OperationTable => ({
  AssociateKmsKey: settings.associateKmsKey(dependencies),
  CreateLogGroup: groups.createLogGroup(dependencies),
  CreateLogStream: streams.createLogStream(dependencies),
  DeleteLogGroup: groups.deleteLogGroup(dependencies),
  DeleteLogStream: streams.deleteLogStream(dependencies),
  DeleteMetricFilter: filters.deleteMetricFilter(dependencies),
  DeleteQueryDefinition: account.deleteQueryDefinition(dependencies),
  DeleteResourcePolicy: account.deleteResourcePolicy(dependencies),
  DeleteRetentionPolicy: groups.deleteRetentionPolicy(dependencies),
  DeleteSubscriptionFilter: filters.deleteSubscriptionFilter(dependencies),
  DescribeLogGroups: groups.describeLogGroups(dependencies),
  DescribeLogStreams: streams.describeLogStreams(dependencies),
  DescribeMetricFilters: filters.describeMetricFilters(dependencies),
  DescribeQueryDefinitions: account.describeQueryDefinitions(dependencies),
  DescribeResourcePolicies: account.describeResourcePolicies(dependencies),
  DescribeSubscriptionFilters: filters.describeSubscriptionFilters(dependencies),
  DisassociateKmsKey: settings.disassociateKmsKey(dependencies),
  FilterLogEvents: filterLogEvents(dependencies),
  GetLogEvents: getLogEvents(dependencies),
  GetQueryResults: queries.getQueryResults(dependencies),
  ListTagsForResource: settings.listTagsForResource(dependencies),
  PutLogEvents: putLogEvents(dependencies),
  PutLogGroupDeletionProtection: settings.putLogGroupDeletionProtection(dependencies),
  PutMetricFilter: filters.putMetricFilter(dependencies),
  PutQueryDefinition: account.putQueryDefinition(dependencies),
  PutResourcePolicy: account.putResourcePolicy(dependencies),
  PutRetentionPolicy: groups.putRetentionPolicy(dependencies),
  PutSubscriptionFilter: filters.putSubscriptionFilter(dependencies),
  StartQuery: queries.startQuery(dependencies),
  StopQuery: queries.stopQuery(dependencies),
  TagResource: settings.tagResource(dependencies),
  UntagResource: settings.untagResource(dependencies),
});
