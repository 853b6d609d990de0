import type { claimsShow } from '../../../domain/operations/claims-show.ts';
import type { Performer } from '../operation-call.ts';
import type { ClaimResources } from './claim-resources.ts';
import { findClaim, noClaim } from './find-claim.ts';
import { viewClaim } from './view-claim.ts';
import { DAY_MS } from '../../../domain/duration.ts';

/** Shows one claim with its use. */
export const createShow =
  (resources: Pick<ClaimResources, 'claims' | 'claimUse'>): Performer<typeof claimsShow> =>
  async ({ name }, { scope, at }) => {
    const { entry, claims } = await findClaim(resources, name, scope);
    const refusals = await resources.claimUse.refusalsSince([name], { from: at - DAY_MS, to: at });
    const claim = viewClaim(entry, claims, { at, refusals: refusals.get(name) });
    if (claim === undefined) throw noClaim(`named "${name}"`, scope);
    return { claim };
  };
