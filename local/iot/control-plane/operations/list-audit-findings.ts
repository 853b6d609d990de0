import type { ListAuditFindingsRequest, ListAuditFindingsResponse } from '@aws-sdk/client-iot';
import { type AuditFinding, findingView, isNamedBy } from '../../defender/audit-finding.ts';
import { invalidRequest } from '../../refusals.ts';
import type { ValidInput } from '../../valid-input.ts';
import { millisecondsOf } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

const isWanted = (finding: AuditFinding, input: ValidInput<ListAuditFindingsRequest>): boolean => {
  const [from = 0, until = Infinity] = [millisecondsOf(input.startTime), millisecondsOf(input.endTime)];
  const { taskId, checkName, resourceIdentifier = {}, listSuppressedFindings } = input;
  return (
    (taskId === undefined || finding.taskId === taskId) &&
    (checkName === undefined || finding.checkName === checkName) &&
    finding.foundAt >= from &&
    finding.foundAt <= until &&
    isNamedBy(finding.resource.resourceIdentifier, resourceIdentifier) &&
    (listSuppressedFindings === undefined || finding.isSuppressed === listSuppressedFindings)
  );
};

/** The findings of one audit, or of a time, the latest first; suppressed ones, too, unless asked otherwise. */
export const listAuditFindings: IotOperation<ListAuditFindingsRequest, ListAuditFindingsResponse> = ({ defender: { audits } }, input) => {
  const hasTime = input.startTime !== undefined && input.endTime !== undefined;
  if (hasTime === (input.taskId !== undefined)) throw invalidRequest('Either the taskId, or startTime and endTime must be given.');
  const wanted = audits.findings().filter((finding) => isWanted(finding, input));
  const page = pageOf(wanted, ({ foundAt, findingId }) => keyByTime(foundAt, findingId), {
    ...{ token: input.nextToken, limit: input.maxResults, isDescending: true },
  });
  return { findings: page.items.map(findingView), nextToken: page.nextToken };
};
