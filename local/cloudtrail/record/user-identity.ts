import type { Caller, CallerSession } from '../../gateway/api-service.ts';
import type { JsonObject } from '../../json-object.ts';

const stampOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

const lastSegment = (arn: string): string => arn.split('/').at(-1) ?? '';

const issuerOf = ({ roleArn, assumedRoleId, issuedAtMs, sourceIdentity }: CallerSession, accountId: string): JsonObject => ({
  sessionIssuer: {
    ...{ type: 'Role', principalId: assumedRoleId.split(':')[0], arn: roleArn, accountId },
    userName: lastSegment(roleArn),
  },
  attributes: { creationDate: stampOf(issuedAtMs), mfaAuthenticated: 'false' },
  ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
});

/** The service that calls, for itself, with a role that it was given, or on with its caller's permissions. */
export const callingService = (caller: Caller | string): string | undefined =>
  typeof caller === 'string' ? caller : (caller.via?.at(-1) ?? caller.actingService);

/** CloudTrail User Guide, "CloudTrail userIdentity element". `userId`: `AIDA…` of a user. */
export const userIdentityOf = (caller: Caller | string, userId: string): JsonObject => {
  if (typeof caller === 'string') return { type: 'AWSService', invokedBy: caller };
  const { accountId, accessKeyId, arn, session } = caller;
  const service = callingService(caller);
  const invoked = service === undefined ? {} : { invokedBy: service };
  if (session !== undefined) {
    const who = { type: 'AssumedRole', principalId: session.assumedRoleId, arn, accountId, accessKeyId };
    return { ...who, sessionContext: issuerOf(session, accountId), ...invoked };
  }
  if (arn.endsWith(':root')) return { type: 'Root', principalId: accountId, arn, accountId, accessKeyId, ...invoked };
  return { type: 'IAMUser', principalId: userId, arn, accountId, accessKeyId, userName: lastSegment(arn), ...invoked };
};

/** Under which name LookupEvents finds a record: the user's, or the role session's. */
export const userNameOf = (caller: Caller | string): string | undefined =>
  typeof caller === 'string' || caller.arn.endsWith(':root') ? undefined : lastSegment(caller.arn);
