import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Logs, events and metrics. */
export const loggingRows = {
  'logging.role-checked-when-set': assumed(
    z.boolean(),
    true,
    'SetV2LoggingOptions and SetLoggingOptions refuse a role that AWS IoT cannot assume with InvalidRequestException.',
  ),
  'logging.default-level': assumed(
    z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR', 'DISABLED']),
    'ERROR',
    'The default log level is ERROR when the first SetV2LoggingOptions gives none.',
  ),
  'logging.several-targets': assumed(
    z.enum(['most-verbose', 'client-first']),
    'most-verbose',
    'Of several log levels for what an entry is about (client, address, principal, groups), the one that logs most counts.',
  ),
  'logging.authorization-details': assumed(
    z.string(),
    'Authorization Failure',
    'A log entry about a denial by policy has the details "Authorization Failure".',
  ),
  'logging.authentication-type': assumed(
    z.string(),
    'AWS_X509',
    'The authenticationType of a Connection.AuthNError entry is named as in domain configurations: AWS_X509 for a client certificate.',
  ),
  'logging.rule-action-resources': assumed(
    z.record(z.string(), z.string()),
    {
      cloudwatchLogs: 'LogGroupName',
      cloudwatchMetric: 'MetricName',
      dynamoDBv2: 'TableName',
      lambda: 'FunctionArn',
      republish: 'RepublishTopic',
      sns: 'TargetArn',
      sqs: 'QueueUrl',
    },
    'The resources of a RuleExecution entry have one member; only RepublishTopic is known to be so named.',
  ),
  'metrics.rule-action-types': assumed(
    z.record(z.string(), z.string()),
    {
      cloudwatchLogs: 'CloudwatchLogs',
      cloudwatchMetric: 'CloudwatchMetric',
      dynamoDBv2: 'DynamoDBv2',
      lambda: 'Lambda',
      republish: 'Republish',
      sns: 'SNS',
      sqs: 'SQS',
    },
    'The ActionType dimension of rule metrics has these names, such as Republish and SQS.',
  ),
  'events.quality-of-service': assumed(z.literal([0, 1]), 1, 'Lifecycle and registry events are published at QoS 1.'),
  'events.deletion-removes-members': assumed(
    z.boolean(),
    true,
    'Deleting a thing publishes that it was removed from each of its groups; deleting a group publishes the same of its things.',
  ),
} as const satisfies BehaviourRows;
