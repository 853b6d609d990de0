import type { DescribeAuditFindingRequest, DescribeAuditFindingResponse } from '@aws-sdk/client-iot';
import { findingView } from '../../defender/audit-finding.ts';
import { notFound } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** One finding. */
export const describeAuditFinding: IotOperation<DescribeAuditFindingRequest, DescribeAuditFindingResponse> = (
  { defender: { audits } },
  { findingId },
) => {
  const finding = audits.findings().find((one) => one.findingId === findingId);
  if (finding === undefined) throw notFound(`Finding ${findingId} cannot be found.`);
  return { finding: findingView(finding) };
};
