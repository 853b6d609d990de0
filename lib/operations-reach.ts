import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

/** What the operations function reaches. */
export interface OperationsReach {
  readonly table: Table;
  readonly auditLog: ILogGroup;
  readonly prefix: string;
}
