import type { Account } from './account.ts';
import { AwsError } from './aws-error.ts';
import { actAs } from './gateway/acting-caller.ts';
import type { Caller } from './gateway/api-service.ts';
import type { ServiceRoles } from './iot/service-roles.ts';
import type { RoleSessions } from './sts/role-sessions.ts';

const iotPrincipal = 'iot.amazonaws.com';

const sessionSeconds = 3600;

// AWS IoT Core Developer Guide, "Cross-service confused deputy prevention".
const forAccount = ({ accountId }: Account): Readonly<Record<string, string>> => ({ 'aws:SourceAccount': accountId });

/** A session of a role for AWS IoT. Refuses with `AccessDeniedException` unless the role is there and trusts the service. */
export const iotSession = (sessions: RoleSessions, roleArn: string): Caller => {
  const context = forAccount(sessions.account);
  if (!sessions.isAssumableBy(roleArn, iotPrincipal, context))
    throw new AwsError('AccessDeniedException', `AWS IoT may not assume the role ${roleArn}.`, { status: 403 });
  return sessions.assumeAsService({ roleArn, sessionName: 'iot', durationSeconds: sessionSeconds }, iotPrincipal, context).caller;
};

/** The roles that AWS IoT is handed: it does with them what their policies allow. */
export const iotServiceRoles = (sessions: RoleSessions): ServiceRoles => ({
  isAssumable: (roleArn) => sessions.isAssumableBy(roleArn, iotPrincipal, forAccount(sessions.account)),
  actAs: (roleArn, controlPlane) => {
    const caller = iotSession(sessions, roleArn);
    return { call: (operation, input) => actAs(caller, () => controlPlane.call(operation, input)) };
  },
});
