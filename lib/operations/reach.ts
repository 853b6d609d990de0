import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { DeviceClientIds } from '../connections/presence-sql.ts';

/** What the operations function reaches. */
export interface OperationsReach extends DeviceClientIds {
  readonly table: Table;
  readonly auditLog: ILogGroup;
}
