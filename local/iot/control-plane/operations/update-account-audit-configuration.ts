import type { UpdateAccountAuditConfigurationRequest } from '@aws-sdk/client-iot';
import type { NotificationTarget } from '../../defender/audit-settings.ts';
import { invalidRequest } from '../../refusals.ts';
import type { ValidInput } from '../../valid-input.ts';
import { checkDefenderRole, checkNamed, settingFrom } from '../audit-rules.ts';
import type { IotOperation, IotServices } from '../operation.ts';

type Input = ValidInput<UpdateAccountAuditConfigurationRequest>;

const targetFrom = (
  services: IotServices,
  { auditNotificationTargetConfigurations: targets = {} }: Input,
): NotificationTarget | undefined => {
  const present = services.defender.settings.target;
  for (const kind of Object.keys(targets)) if (kind !== 'SNS') throw invalidRequest(`${kind} is no kind of notification target; SNS is.`);
  const wanted = targets.SNS;
  if (wanted === undefined) return present;
  if (wanted.roleArn !== undefined) checkDefenderRole(services, wanted.roleArn);
  const target = {
    targetArn: wanted.targetArn ?? present?.targetArn,
    roleArn: wanted.roleArn ?? present?.roleArn,
    isEnabled: wanted.enabled ?? present?.isEnabled ?? false,
  };
  if (target.isEnabled && (target.targetArn === undefined || target.roleArn === undefined))
    throw invalidRequest('A notification target that is enabled needs a targetArn and a roleArn.');
  return target;
};

const settingsFrom = ({ defender: { settings, scheduledAudits } }: IotServices, { auditCheckConfigurations: checks = {} }: Input) =>
  Object.entries(checks).map(([name, wanted]) => {
    const check = checkNamed(name);
    const setting = settingFrom(check, wanted, settings.settingOf(check));
    const user = scheduledAudits.all().find((audit) => audit.checks.includes(check));
    // SDK: a check that a scheduled audit uses must be taken from it first.
    if (!setting.isEnabled && user !== undefined)
      throw invalidRequest(`The audit check ${name} is used by the scheduled audit ${user.name}, and cannot be disabled.`);
    return { check, setting };
  });

/** Configures audits of the account; what a request leaves out stays as it is. */
export const updateAccountAuditConfiguration: IotOperation<UpdateAccountAuditConfigurationRequest> = (services, input) => {
  const { settings } = services.defender;
  const roleArn = input.roleArn ?? settings.roleArn;
  if (roleArn === undefined) throw invalidRequest('The roleArn is required to configure audits for the first time.');
  if (input.roleArn !== undefined) checkDefenderRole(services, input.roleArn);
  const [target, changes] = [targetFrom(services, input), settingsFrom(services, input)];
  settings.roleArn = roleArn;
  settings.target = target;
  for (const { check, setting } of changes) settings.set(check, setting);
  return {};
};
