import type { ClaimView } from '../../domain/operations/claim-view.ts';
import { type Check, type Finding, ok, problem } from './check.ts';
import { look, lookAtEach } from './look.ts';
import { readClaims } from './read-claims.ts';

/** Whether the certificate of each claim stands as the record of the claim says. */
export const claims: Check = {
  name: 'claims',
  phases: ['after'],
  run: (context) =>
    look('the claims', async () => {
      const all = await readClaims(context, true);
      const certificates = all.flatMap((claim) => claim.certificates.map((certificate) => ({ claim, certificate })));
      const found = await lookAtEach(certificates, ({ claim, certificate }) => ({
        at: `the certificate ${certificate.certificateId} of claim "${claim.name}"`,
        findings: async () => judge(claim, certificate, await context.account.iot.certificateStatus(certificate.certificateId)),
      }));
      return found.length === 0 ? [ok(`the certificates of ${all.length} claims stand as recorded`)] : found;
    }),
};

const judge = ({ name }: ClaimView, { state, certificateId }: ClaimView['certificates'][number], status: string): readonly Finding[] => {
  const certificate = `the certificate ${certificateId} of claim "${name}"`;
  if (state === 'open' && status !== 'ACTIVE')
    return [
      problem(
        `${certificate} is ${status}, and the claim open`,
        'No device comes in by it.',
        `If that is to stay: muster claims close ${name}`,
      ),
    ];
  if (state === 'closed' && status === 'ACTIVE')
    return [
      problem(
        `${certificate} is ACTIVE, and closed`,
        'It can still connect, though the hook refuses all who come by it.',
        `muster claims close ${name}`,
      ),
    ];
  return [];
};
