import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BundledFunction } from '../bundled-function.ts';
import type { IssuingAuthority } from './issuing-authority.ts';
import { partitionAccess } from '../table-access.ts';

const PARTITION = 'issued';

/** Lets a function that has the own authority issue note what was issued. */
export const notesIssued = (table: Table): PolicyStatement => partitionAccess(table, ['dynamodb:PutItem'], [PARTITION]);

/** Lets a function that reconciles go through what was issued, where there is an own authority. */
export const readsIssued = (reconciling: BundledFunction, table: Table, authority: IssuingAuthority | undefined): void => {
  if (authority !== undefined) reconciling.allow(partitionAccess(table, ['dynamodb:Query', 'dynamodb:DeleteItem'], [PARTITION]));
};
