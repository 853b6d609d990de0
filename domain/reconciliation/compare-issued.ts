import type { Enrollment } from '../enrollment.ts';
import type { IssuedByAuthority } from '../issuance/issuance-ports.ts';
import type { CertificateStatus } from '../story/facts.ts';
import type { Finding } from './finding.ts';
import { HOUR_MS } from '../duration.ts';

/** AWS IoT deletes within the hour what nobody attached (DG:provision-wo-cert); by then it is in use, or never will be. */
export const UNSETTLED_MS = 2 * HOUR_MS;

/**
 * What is to be done about a certificate that the own authority issued:
 * - `known`: it is a device's, and is taken back with whatever ends that
 * - `in-use`: it opens something, and no record has it; that is found where AWS IoT is compared
 * - a finding: it opens nothing, and counts for whoever trusts the authority
 */
export const compareIssued = (
  { certificateId, thingName }: IssuedByAuthority,
  enrollment: Pick<Enrollment, 'certificates' | 'line'> | undefined,
  status: CertificateStatus,
): 'known' | 'in-use' | Finding => {
  if (enrollment?.certificates.some(({ id }) => id === certificateId) === true) return 'known';
  if (status === 'ACTIVE') return 'in-use';
  return {
    kind: 'issued-and-never-used',
    about: { ...(enrollment === undefined ? {} : { line: enrollment.line }), thingName, certificateId },
    got: 'the own authority issued a certificate that no device has, and that AWS IoT does not let in',
    expected: 'what the authority issued is a device’s, or was taken back',
    fix: 'Nothing: it is taken back at the authority. Many of them: look who asks for certificates, and by which claim.',
  };
};
