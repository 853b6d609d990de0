import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A statement without conditions. */
export const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });
