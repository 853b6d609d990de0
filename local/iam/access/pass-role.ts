import type { AccessRequest } from './access-request.ts';

/**
 * What handing a role to a service takes (IAM User Guide, "Grant a user permissions to pass a role to an AWS service").
 * Nothing is asked for when no role is handed over.
 */
export const passRole = (roleArn: unknown, service: string): readonly AccessRequest[] =>
  typeof roleArn === 'string' ? [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': service } }] : [];
