import {
  type AuditFinding,
  DescribeAuditFindingCommand,
  type IoTClient,
  ListAuditFindingsCommand,
  type ResourceIdentifier,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import type { DefenderFinding } from '../../domain/defender/defender-finding.ts';
import type { DefenderFindings } from '../../domain/defender/defender-ports.ts';
import { certificateId } from '../../domain/identifiers.ts';
import { unlessGone } from './unless-gone.ts';

/** The most that AWS IoT gives in a page. */
const PAGE = 250;

const told = z.object({ findingId: z.string(), checkName: z.string(), reasonForNonComplianceCode: z.string(), findingTime: z.date() });

/** Findings of audits, by the control plane of AWS IoT. */
export const createIotDefenderFindings = (client: IoTClient): DefenderFindings => ({
  async *ofAudit(taskId) {
    let nextToken: string | undefined;
    do {
      const answer = await client.send(new ListAuditFindingsCommand({ taskId, maxResults: PAGE, nextToken }));
      yield (answer.findings ?? []).map(findingOf);
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
  },
  async find(findingId) {
    const answer = await unlessGone(client.send(new DescribeAuditFindingCommand({ findingId })));
    return answer?.finding === undefined ? undefined : findingOf(answer.finding);
  },
});

const findingOf = (finding: AuditFinding): DefenderFinding => {
  const { findingId: id, checkName: check, reasonForNonComplianceCode: reason, findingTime } = z.parse(told, finding);
  const { resourceIdentifier = {} } = finding.nonCompliantResource ?? {};
  const about = { id, check, reason, at: findingTime.getTime(), isSuppressed: finding.isSuppressed === true };
  const { data: certificate } = z.safeParse(certificateId, resourceIdentifier.deviceCertificateId);
  if (certificate !== undefined) {
    const { deviceCertificateArn: arn } = resourceIdentifier;
    return { ...about, certificate: { certificateId: certificate, ...(arn === undefined ? {} : { arn }) } };
  }
  if (resourceIdentifier.clientId !== undefined) return { ...about, clientId: resourceIdentifier.clientId };
  return { ...about, resource: nameOf(resourceIdentifier) };
};

/** One text that says which resource it is: `<policy>:<version>`, an ARN, an id. */
const nameOf = ({ policyVersionIdentifier: policy, issuerCertificateIdentifier: issuer, ...others }: ResourceIdentifier): string =>
  [policy?.policyName, policy?.policyVersionId, issuer?.issuerCertificateSerialNumber, ...Object.values(others)]
    .filter((part) => part !== undefined)
    .join(':');
