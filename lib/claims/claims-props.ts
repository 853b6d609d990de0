import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Configuration } from '../../domain/configuration.ts';

/** What is built on to watch over claims. */
export interface ClaimsProps {
  readonly configuration: Configuration;
  readonly table: Table;
  readonly auditLog: ILogGroup;
  readonly alarmTopic: ITopic;
}
