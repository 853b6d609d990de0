import type { DescribeAccountAuditConfigurationRequest, DescribeAccountAuditConfigurationResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** Device Defender's audit as it is in an account where nobody has switched it on. */
export const describeAccountAuditConfiguration: IotOperation<
  DescribeAccountAuditConfigurationRequest,
  DescribeAccountAuditConfigurationResponse
> = () => ({ auditNotificationTargetConfigurations: {}, auditCheckConfigurations: {} });
