import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Caller, CallerSession } from '../gateway/api-service.ts';
import type { CallWatch } from '../iam/access/call-watch.ts';
import { watched } from '../iam/access/call-watch.ts';
import type { Role, RoleStore } from '../iam/role-store.ts';
import type { AssumeRequest } from '../iam/trust.ts';
import { isTrusted } from '../iam/trust.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { IdentityPrincipal } from '../policy/principals.ts';
import type { AccessKeys, TemporaryCredentials } from './access-keys.ts';
import type { SessionTagInput } from './session-tags.ts';
import { sessionTags } from './session-tags.ts';

export interface RoleSession {
  readonly credentials: TemporaryCredentials;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string;
  /** `<role id>:<session>` */
  readonly assumedRoleId: string;
  /** Who calls with it. */
  readonly caller: Caller;
}

export interface SessionRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly externalId?: string | undefined;
  /** Session policies; undefined for none. */
  readonly policies?: readonly PolicyDocument[] | undefined;
  readonly tags?: SessionTagInput;
  readonly sourceIdentity?: string | undefined;
}

const principalOf = ({ arn, accountId, session }: Caller): IdentityPrincipal =>
  session === undefined ? { arn, accountId } : { arn, accountId, roleArn: session.roleArn };

const untagged: SessionTagInput = { tags: new Map(), transitiveKeys: [] };

/** Starts sessions of roles, for callers and for services that act on a role's behalf. */
export class RoleSessions {
  readonly account: Account;
  readonly #roles: RoleStore;
  readonly #keys: AccessKeys;
  readonly #watch: CallWatch | undefined;

  constructor(account: Account, { roles, keys, watch }: { roles: RoleStore; keys: AccessKeys; watch?: CallWatch | undefined }) {
    this.account = account;
    this.#roles = roles;
    this.#keys = keys;
    this.#watch = watch;
  }

  /** Refuses with `AccessDenied` when there is no such role or it does not trust the caller: STS does not tell which. */
  assumeAsCaller(request: SessionRequest, caller: Caller): RoleSession {
    const role = this.#roles.findByArn(request.roleArn);
    const context = request.externalId === undefined ? {} : { 'sts:ExternalId': request.externalId };
    const isAllowed = role !== undefined && isTrusted(role.trustPolicy.document, { principal: principalOf(caller), context });
    if (!isAllowed) {
      const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${request.roleArn}`;
      throw new AwsError('AccessDenied', message, { status: 403 });
    }
    return this.#start(role, request, caller.session);
  }

  /** A session for a service such as `lambda.amazonaws.com`, which the role must trust; `context`: for whom the service acts. */
  assumeAsService(request: SessionRequest, service: string, context: AssumeRequest['context'] = {}): RoleSession {
    const start = (): RoleSession => this.#assumeAsService(request, service, context);
    const tell = this.#watch?.tell;
    if (tell === undefined) return start();
    const { roleArn, sessionName, durationSeconds } = request;
    const input = { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: durationSeconds };
    return watched(tell, { service: 'sts', operation: 'AssumeRole', input, caller: service }, start);
  }

  #assumeAsService(request: SessionRequest, service: string, context: AssumeRequest['context']): RoleSession {
    const role = this.#roles.findByArn(request.roleArn);
    if (role === undefined || !this.isAssumableBy(request.roleArn, service, context)) {
      throw new AwsError('AccessDenied', `${service} is not authorized to perform: sts:AssumeRole on resource: ${request.roleArn}`, {
        status: 403,
      });
    }
    return this.#start(role, request, undefined);
  }

  /** Whether the role exists and trusts that service principal; for services that check a role when they are given it. */
  isAssumableBy(roleArn: string, service: string, context: AssumeRequest['context'] = {}): boolean {
    const role = this.#roles.findByArn(roleArn);
    return role !== undefined && isTrusted(role.trustPolicy.document, { principal: { service }, context });
  }

  #start(role: Role, request: SessionRequest, previous: CallerSession | undefined): RoleSession {
    // STS API reference, AssumeRole: chained sessions last an hour at most.
    const limit = previous === undefined ? role.maxSessionDurationSeconds : 3600;
    if (request.durationSeconds > limit) {
      throw new AwsError(
        'ValidationError',
        `The requested DurationSeconds exceeds the ${previous === undefined ? 'MaxSessionDuration set for this role' : '1 hour session limit for roles assumed by role chaining'}.`,
      );
    }
    const arn = `arn:${this.account.partition}:sts::${this.account.accountId}:assumed-role/${role.roleName}/${request.sessionName}`;
    const assumedRoleId = `${role.roleId}:${request.sessionName}`;
    const session = {
      ...{ roleArn: role.arn, assumedRoleId, policies: request.policies },
      ...sessionTags(role.tags, request.tags ?? untagged, previous),
      // IAM User Guide, "Monitor and control actions taken with assumed roles": set once, it persists along a chain.
      sourceIdentity: previous?.sourceIdentity ?? request.sourceIdentity,
    };
    const { accountId } = this.account;
    const { caller, credentials } = this.#keys.createTemporary({ accountId, arn, durationSeconds: request.durationSeconds, session });
    return { credentials, arn, assumedRoleId, caller };
  }
}
