import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BundledFunction } from './bundled-function.ts';
import type { IssuingAuthority } from './issuing-authority.ts';

// Which items of the table these are; its key is granted with the rest of the table.
const reaching = (table: Table, actions: string[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['issued'] } },
  });

/** Lets a function that has the own authority issue note what was issued. */
export const notesIssued = (table: Table): PolicyStatement => reaching(table, ['dynamodb:PutItem']);

/** Lets a function that reconciles go through what was issued, where there is an own authority. */
export const readsIssued = (reconciling: BundledFunction, table: Table, authority: IssuingAuthority | undefined): void => {
  if (authority !== undefined) reconciling.allow(reaching(table, ['dynamodb:Query', 'dynamodb:DeleteItem']));
};
