import type { Clock } from '../../clock.ts';
import type { Caller } from '../../gateway/api-service.ts';
import { lazyContextOf } from '../../policy/context.ts';
import type { AccessRequest, ConditionValues } from './access-request.ts';
import type { DenialStyle } from './access-denial.ts';
import { accessDenied } from './access-denial.ts';
import type { CallWatch } from './call-watch.ts';
import { decideAccess } from './decide-access.ts';
import type { Permissions } from './permissions.ts';

/** Where a question comes up. */
export interface AccessScene {
  readonly account: { readonly accountId: string; readonly region: string };
  readonly denial: DenialStyle;
}

/** Asks IAM whether a caller may do what an operation is about to do. */
export interface AccessControl {
  /** Throws the service's `AwsError` unless every request is allowed. */
  check(caller: Caller, requests: readonly AccessRequest[], scene: AccessScene): void;
  /** `aws:userid`: `AIDA…` of a user, `AROA…:<session name>` of a role's session, the account's number of its root user. */
  userIdOf(caller: Caller): string;
  /** Who is told of calls. */
  readonly watch: CallWatch;
}

// AWS SDKs speak TLS to AWS and plain HTTP to this process alone, over loopback: what asks for TLS is satisfied.
const ofTransport: ConditionValues = { 'aws:SecureTransport': 'true', 'aws:SourceIp': '127.0.0.1' };

const ofTime = (nowMs: number): ConditionValues => ({
  'aws:CurrentTime': new Date(nowMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  'aws:EpochTime': String(Math.floor(nowMs / 1000)),
});

const ofCaller = ({ via = [] }: Caller): ConditionValues =>
  via.length === 0
    ? { 'aws:ViaAWSService': 'false', ...ofTransport }
    : {
        'aws:ViaAWSService': 'true',
        'aws:CalledVia': via,
        'aws:CalledViaFirst': via[0],
        'aws:CalledViaLast': via.at(-1),
        'aws:SecureTransport': 'true',
      };

/** Makes the check that all services of a local AWS share. `permissionsOf` knows the identities of every account. */
export const createAccessControl = (options: {
  readonly clock: Clock;
  readonly permissionsOf: (caller: Caller) => Permissions;
}): AccessControl => ({
  watch: { tell: undefined },
  userIdOf: (caller) => {
    const userId = options.permissionsOf(caller).context()['aws:userid'];
    return typeof userId === 'string' ? userId : caller.accountId;
  },
  check: (caller, requests, { account, denial }) => {
    const permissions = options.permissionsOf(caller);
    const nowMs = options.clock.now();
    for (const request of requests) {
      const ownerId = request.ownerId ?? account.accountId;
      const variables = lazyContextOf(() => ({
        ...ofTime(nowMs),
        ...ofCaller(caller),
        'aws:RequestedRegion': account.region,
        ...permissions.context(),
        'aws:ResourceAccount': ownerId,
        ...request.context,
      }));
      const decision = decideAccess(permissions, { request, ownerId, variables });
      if (!decision.isAllowed) throw accessDenied(caller.arn, request, { decision, style: denial });
    }
  },
});
