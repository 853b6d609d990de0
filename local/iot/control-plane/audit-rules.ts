import type { AuditCheckConfiguration, CreateScheduledAuditRequest, ResourceIdentifier } from '@aws-sdk/client-iot';
import { auditChecks, type CheckName, isCheckName, type PublishedCheck, thresholdRange } from '../defender/audit-checks.data.ts';
import type { CheckSetting } from '../defender/audit-settings.ts';
import type { Frequency } from '../defender/audit-times.ts';
import type { ScheduledAudit } from '../defender/scheduled-audits.ts';
import type { Suppression } from '../defender/suppressions.ts';
import { invalidRequest, notFound } from '../refusals.ts';
import type { ValidInput } from '../valid-input.ts';
import type { IotServices } from './operation.ts';

/** Milliseconds since the epoch; a timestamp travels as seconds, whatever the SDK's type says. */
export const millisecondsOf = (timestamp: Date | undefined): number | undefined =>
  timestamp === undefined ? undefined : Number(timestamp) * 1000;

export const checkNamed = (name: string): CheckName => {
  if (isCheckName(name)) return name;
  throw invalidRequest(`${name} is no audit check. Checks are: ${Object.keys(auditChecks).join(', ')}.`);
};

/** Each of them must be enabled for the account. */
export const enabledChecks = (
  { defender: { settings } }: Pick<IotServices, 'defender'>,
  names: readonly string[],
): readonly CheckName[] => {
  if (names.length === 0) throw invalidRequest('At least one audit check must be named.');
  return names.map((name) => {
    const check = checkNamed(name);
    if (!settings.settingOf(check).isEnabled) throw invalidRequest(`The audit check ${name} is not enabled for the account.`);
    return check;
  });
};

/** What becomes of a check by a request; what it leaves out stays. */
export const settingFrom = (name: CheckName, wanted: ValidInput<AuditCheckConfiguration>, present: CheckSetting): CheckSetting => {
  const { threshold }: PublishedCheck = auditChecks[name];
  for (const [key, value] of Object.entries(wanted.configuration ?? {})) {
    if (key !== threshold?.name) throw invalidRequest(`The audit check ${name} has no configuration ${key}.`);
    const days = Number(value);
    if (!Number.isInteger(days) || days < thresholdRange.min || days > thresholdRange.max)
      throw invalidRequest(`${key} must be a number from ${thresholdRange.min} to ${thresholdRange.max}.`);
  }
  return {
    isEnabled: wanted.enabled ?? present.isEnabled,
    configuration: { ...present.configuration, ...(wanted.configuration as Readonly<Record<string, string>> | undefined) },
  };
};

export const checkDefenderRole = ({ behaviour, roles }: Pick<IotServices, 'behaviour' | 'roles'>, roleArn: string): void => {
  if (!behaviour['defender.role-checked-when-set'] || roles.isAssumable(roleArn)) return;
  throw invalidRequest(`AWS IoT cannot assume the role ${roleArn}: it must exist and trust iot.amazonaws.com.`);
};

const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/** SDK CreateScheduledAudit: the day goes with the frequency. */
export const frequencyOf = ({
  frequency,
  dayOfWeek,
  dayOfMonth,
}: ValidInput<Pick<CreateScheduledAuditRequest, 'frequency' | 'dayOfWeek' | 'dayOfMonth'>>): Frequency => {
  if (frequency === 'DAILY') return { every: frequency };
  if (frequency === 'WEEKLY' || frequency === 'BIWEEKLY') {
    const day = weekDays.find((one) => one === dayOfWeek);
    if (day === undefined) throw invalidRequest(`A ${frequency} audit needs a dayOfWeek.`);
    return { every: frequency, dayOfWeek: day };
  }
  if (dayOfMonth === undefined || !/^(?:[1-9]|[12]\d|3[01]|LAST)$/.test(dayOfMonth))
    throw invalidRequest('A MONTHLY audit needs a dayOfMonth from 1 to 31, or LAST.');
  return { every: 'MONTHLY', dayOfMonth };
};

/** A scheduled audit by name. Refuses with `ResourceNotFoundException`. */
export const findScheduledAudit = ({ defender }: Pick<IotServices, 'defender'>, name: string): ScheduledAudit => {
  const audit = defender.scheduledAudits.get(name);
  if (audit === undefined) throw notFound(`Scheduled audit ${name} cannot be found.`);
  return audit;
};

/** The resource that a request names; one that names nothing is refused. */
export const namedResource = (resource: ValidInput<ResourceIdentifier>): Readonly<Record<string, unknown>> => {
  if (Object.keys(resource).length === 0) throw invalidRequest('The resourceIdentifier names no resource.');
  return { ...resource };
};

/** A suppression by its check and resource. Refuses with `ResourceNotFoundException`. */
export const findSuppression = (
  { defender: { suppressions } }: Pick<IotServices, 'defender'>,
  { checkName, resourceIdentifier }: { readonly checkName: string; readonly resourceIdentifier: ValidInput<ResourceIdentifier> },
): Suppression => {
  const found = suppressions.get(checkNamed(checkName), namedResource(resourceIdentifier));
  if (found === undefined) throw notFound(`There is no suppression of ${checkName} for that resource.`);
  return found;
};

/** SDK AuditSuppression: until a time to come, or for ever. */
export const endOfSuppression = (
  {
    expirationDate,
    suppressIndefinitely,
  }: { readonly expirationDate?: Date | undefined; readonly suppressIndefinitely?: boolean | undefined },
  now: number,
): number | undefined => {
  const expiresAt = millisecondsOf(expirationDate);
  if ((expiresAt === undefined) !== (suppressIndefinitely === true))
    throw invalidRequest('A suppression has either an expirationDate or suppressIndefinitely.');
  if (expiresAt !== undefined && expiresAt <= now) throw invalidRequest('The expirationDate of a suppression must be in the future.');
  return expiresAt;
};

export const suppressionView = ({ checkName, resourceIdentifier, expiresAt, description }: Suppression) => ({
  ...{ checkName, resourceIdentifier, description, suppressIndefinitely: expiresAt === undefined },
  expirationDate: expiresAt === undefined ? undefined : new Date(expiresAt),
});
