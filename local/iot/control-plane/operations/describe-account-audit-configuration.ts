import type { DescribeAccountAuditConfigurationRequest, DescribeAccountAuditConfigurationResponse } from '@aws-sdk/client-iot';
import { auditChecks } from '../../defender/audit-checks.data.ts';
import { checkNamed } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** How audits are configured; where nobody has done it all checks are disabled, and nothing else is there. */
export const describeAccountAuditConfiguration: IotOperation<
  DescribeAccountAuditConfigurationRequest,
  DescribeAccountAuditConfigurationResponse
> = ({ defender: { settings } }) => {
  const { roleArn, target } = settings;
  const checks = Object.keys(auditChecks).map((name) => {
    const { isEnabled, configuration } = settings.settingOf(checkNamed(name));
    return [name, { enabled: isEnabled, ...(Object.keys(configuration).length === 0 ? {} : { configuration }) }] as const;
  });
  const told = target && { targetArn: target.targetArn, roleArn: target.roleArn, enabled: target.isEnabled };
  return {
    roleArn,
    auditNotificationTargetConfigurations: told === undefined ? {} : { SNS: told },
    auditCheckConfigurations: Object.fromEntries(checks),
  };
};
