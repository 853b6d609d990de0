import type { ClaimEntry } from '../../../domain/claim/claim-ports.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';
import type { claimsList } from '../../../domain/operations/claims-list.ts';
import type { Performer } from '../operation-call.ts';
import type { ClaimResources } from './claim-resources.ts';
import { viewClaim } from './view-claim.ts';
import { DAY_MS } from '../../../domain/duration.ts';

const PAGE = 100;

/** Lists claims, a page at a time; a page may be empty and yet not be the last. */
export const createList =
  ({ claims, claimUse }: Pick<ClaimResources, 'claims' | 'claimUse'>): Performer<typeof claimsList> =>
  async ({ line, all, after }, { scope, at }) => {
    const { entries, next } = await claims.list({ limit: PAGE, onlyOpen: !all, ...(after === undefined ? {} : { after }) });
    const wanted = entries.filter((entry) => isWanted(entry, scope) && (line === undefined || entry.line === line));
    const names = wanted.map(({ name }) => name);
    const [found, refusals] = await Promise.all([
      claims.readClaims(wanted.flatMap(({ certificates }) => certificates)),
      claimUse.refusalsSince(names, { from: at - DAY_MS, to: at }),
    ]);
    const byName = Map.groupBy(found, ({ name }) => name);
    const views = wanted.flatMap(
      (entry) => viewClaim(entry, byName.get(entry.name) ?? [], { at, refusals: refusals.get(entry.name) }) ?? [],
    );
    return { claims: views, ...(next === undefined ? {} : { next }) };
  };

const isWanted = ({ line }: ClaimEntry, scope: OperatorScope): boolean => reaches(scope, { line });
