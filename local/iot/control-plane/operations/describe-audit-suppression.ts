import type { DescribeAuditSuppressionRequest, DescribeAuditSuppressionResponse } from '@aws-sdk/client-iot';
import { findSuppression, suppressionView } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** A suppression by its check and resource. */
export const describeAuditSuppression: IotOperation<DescribeAuditSuppressionRequest, DescribeAuditSuppressionResponse> = (
  services,
  input,
) => suppressionView(findSuppression(services, input));
