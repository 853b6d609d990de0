import type { CertificateId, ClaimName } from '../../../domain/identifiers.ts';
import type { IssuedClaimCertificate, WriteOutcome } from '../../../domain/ports.ts';
import type { ClaimResources } from './claim-resources.ts';

export interface RecordedIssue {
  readonly csrPem: string;
  readonly name: ClaimName;
  readonly policyName: string;
  readonly write: (certificate: CertificateId) => Promise<WriteOutcome>;
}

/**
 * Has a request signed and puts the certificate on record. A certificate that did not come on record is discarded; it was
 * never active. Rejects when the write did; whoever asks again then finds either a record or nothing.
 */
export const issueRecorded = async (resources: ClaimResources, issue: RecordedIssue): Promise<WriteOutcome> => {
  const certificate = await resources.certificates.issue(issue.csrPem);
  const outcome = await issue.write(certificate.certificateId).catch(async (fault: unknown) => {
    await discardUnlessRecorded(resources, issue, certificate);
    throw fault;
  });
  if (outcome === 'conflict') await resources.certificates.discard(certificate, issue.policyName);
  return outcome;
};

// A write that failed may have been done: the answer was lost.
const discardUnlessRecorded = async (
  { claims, certificates }: ClaimResources,
  { name, policyName }: RecordedIssue,
  certificate: IssuedClaimCertificate,
): Promise<void> => {
  const entry = await claims.entryOf(name).catch(() => 'unknown' as const);
  if (entry === 'unknown' || entry?.certificates.includes(certificate.certificateId) === true) return;
  await certificates.discard(certificate, policyName);
};
