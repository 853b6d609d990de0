import Table from 'cli-table3';
import { refusalClasses } from '../../domain/refusal-class.ts';
import type { ClaimView } from '../../domain/operations/claim-view.ts';
import type { Fact } from '../output/fact-table.ts';
import { visible } from '../output/visible-text.ts';

const time = (ms: number): string => new Date(ms).toISOString();

/** Every fact of a claim, for people. */
export const claimFacts = (claim: ClaimView): readonly Fact[] => [
  ['name', claim.name],
  ['line', claim.line],
  ['state', claim.state],
  ['used', `${useOf(claim)} serial numbers`],
  ['last new serial', claim.lastAdmittedAt === undefined ? 'none yet' : time(claim.lastAdmittedAt)],
  ['ends', time(claim.expiresAt)],
  ...(claim.contact === undefined ? [] : [['contact', claim.contact] as const]),
  ...(claim.range === undefined ? [] : [['only serials', `${claim.range.from} to ${claim.range.to}`] as const]),
  ...(claim.manifest === undefined ? [] : [['only devices of manifest', claim.manifest] as const]),
  ...(claim.technician === undefined ? [] : [['technician', claim.technician] as const]),
  ...claim.certificates.map((certificate, index) => [`certificate ${index + 1}`, describeCertificate(certificate)] as const),
  ['refused in 24 hours', describeRefusals(claim)],
];

/** Claims as rows of a table. */
export const claimTable = (claims: readonly ClaimView[]): string => {
  const table = new Table({
    head: ['claim', 'line', 'state', 'used', 'ends', 'refused in 24 h', 'contact'],
    style: { head: [], border: [] },
  });
  for (const claim of claims)
    table.push(
      [claim.name, claim.line, claim.state, useOf(claim), time(claim.expiresAt), describeRefusals(claim), claim.contact ?? ''].map(visible),
    );
  return table.toString();
};

export const useOf = ({ admitted, quota }: Pick<ClaimView, 'admitted' | 'quota'>): string => `${admitted} of ${quota}`;

const describeCertificate = ({
  certificateId,
  state,
  opensAt,
  expiresAt,
  closedAt,
  closedBy,
}: ClaimView['certificates'][number]): string => {
  if (state === 'open') return `${certificateId}, good from ${time(opensAt)} to ${time(expiresAt)}`;
  return `${certificateId}, closed${closedAt === undefined ? '' : ` ${time(closedAt)} by ${closedBy ?? 'somebody'}`}`;
};

const describeRefusals = ({ refusals }: ClaimView): string => {
  const counts = refusalClasses
    .map((refusalClass) => [refusalClass, refusals?.[refusalClass] ?? 0] as const)
    .filter(([, count]) => count > 0);
  return counts.length === 0 ? '0' : counts.map(([refusalClass, count]) => `${count} ${refusalClass}`).join(', ');
};
