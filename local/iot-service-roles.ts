import type { Account } from './account.ts';
import { AwsError } from './aws-error.ts';
import type { Clock } from './clock.ts';
import { actAs } from './gateway/acting-caller.ts';
import type { Caller } from './gateway/api-service.ts';
import type { AccessControl } from './iam/access/access-control.ts';
import type { ServiceRoles } from './iot/service-roles.ts';
import { reusedSessions } from './reused-sessions.ts';
import type { RoleSessions } from './sts/role-sessions.ts';

const iotPrincipal = 'iot.amazonaws.com';

const sessionSeconds = 3600;

// AWS IoT Core Developer Guide, "Cross-service confused deputy prevention".
const forAccount = ({ accountId }: Account): Readonly<Record<string, string>> => ({ 'aws:SourceAccount': accountId });

const isAssumable = (sessions: RoleSessions, roleArn: string): boolean =>
  sessions.isAssumableBy(roleArn, iotPrincipal, forAccount(sessions.account));

/** Sessions of roles that AWS IoT is handed. Refuses with `AccessDeniedException` unless the role is there and trusts the service. */
export const iotSessions = (clock: Clock, sessions: RoleSessions): ((roleArn: string) => Caller) => {
  const reused = reusedSessions(clock, (roleArn) => {
    const request = { roleArn, sessionName: 'iot', durationSeconds: sessionSeconds };
    const { caller } = sessions.assumeAsService(request, iotPrincipal, forAccount(sessions.account));
    return { ...caller, actingService: iotPrincipal };
  });
  return (roleArn) => {
    if (isAssumable(sessions, roleArn)) return reused(roleArn);
    throw new AwsError('AccessDeniedException', `AWS IoT may not assume the role ${roleArn}.`, { status: 403 });
  };
};

/** The roles that AWS IoT is handed: it does with them what their policies allow. */
export const iotServiceRoles = (
  sessions: RoleSessions,
  { access, sessionOf }: { readonly access: AccessControl; readonly sessionOf: (roleArn: string) => Caller },
): ServiceRoles => ({
  isAssumable: (roleArn) => isAssumable(sessions, roleArn),
  actAs: (roleArn, controlPlane) => {
    const caller = sessionOf(roleArn);
    return { call: (operation, input) => actAs(caller, () => controlPlane.call(operation, input)) };
  },
  work: async (roleArn, work) => actAs(sessionOf(roleArn), work),
  require: (roleArn, action, resource) => {
    const denial = { code: 'AccessDeniedException', status: 403 };
    access.check(sessionOf(roleArn), [{ action, resource }], { account: sessions.account, denial });
  },
});
