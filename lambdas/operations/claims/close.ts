import type { Claim } from '../../../domain/claim.ts';
import type { ClaimEntry } from '../../../domain/claim/claim-ports.ts';
import { counterOf } from '../../../domain/claim/claim-standing.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';
import type { claimsClose } from '../../../domain/operations/claims-close.ts';
import { closeClaims } from '../../claim-closing/close-claims.ts';
import type { Performer } from '../operation-call.ts';
import type { ClaimResources } from './claim-resources.ts';
import { findClaim, noClaim } from './find-claim.ts';

/** Closes a claim, or one certificate of it. */
export const createClose =
  (resources: ClaimResources): Performer<typeof claimsClose> =>
  async ({ claim }, { scope, actor, at, isDryRun }) => {
    const found: Found =
      'name' in claim ? await findClaim(resources, claim.name, scope) : await findCertificate(resources, claim.certificateId, scope);
    const { entry, claims } = found;
    const connections = isDryRun
      ? { ended: 0, gone: 0, left: 0 }
      : await closeClaims(resources, { entry, claims, by: { actor, at, operation: 'claims.close', scope: scope.name } });
    const [first] = claims;
    const all = await resources.claims.readClaims(entry?.certificates ?? [first.certificateId]);
    const { quota, admitted } = counterOf(all) ?? first;
    return { name: first.name, line: first.line, closed: claims.map(({ certificateId }) => certificateId), quota, admitted, connections };
  };

interface Found {
  readonly entry: ClaimEntry | undefined;
  readonly claims: readonly [Claim, ...Claim[]];
}

const findCertificate = async ({ claims }: ClaimResources, certificate: CertificateId, scope: OperatorScope): Promise<Found> => {
  const [claim] = await claims.readClaims([certificate]);
  if (claim === undefined || !reaches(scope, { line: claim.line })) throw noClaim(`of certificate ${certificate}`, scope);
  return { entry: await claims.entryOf(claim.name), claims: [claim] };
};
