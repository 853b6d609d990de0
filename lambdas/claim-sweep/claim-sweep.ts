import type { ClaimEntry, ClaimGauge, ClaimStore } from '../../domain/claim/claim-ports.ts';
import { counterOf, overdueOf } from '../../domain/claim/claim-standing.ts';
import type { Claim } from '../../domain/claim.ts';
import { DAY_MS } from '../../domain/duration.ts';
import { type ClaimCloser, closeClaims } from '../claim-closing/close-claims.ts';
import type { FaultLog } from '../middleware/fault-log.ts';

export interface ClaimSweepProps extends ClaimCloser {
  readonly claims: Pick<ClaimStore, 'list' | 'close' | 'readClaims' | 'markClosed'>;
  readonly claimGauge: ClaimGauge;
  readonly faults: FaultLog;
}

const PAGE = 100;
/** What is left over when a run has no time for more is found by the next, five minutes later. */
const BUDGET_MS = 40_000;

const SERVICE = { kind: 'service', name: 'claim-sweep' } as const;

/**
 * Closes the claims that have had their time, and tells how much of the others is used up. One that cannot be closed does
 * not keep the others open: it is reported, and tried again by the next run.
 */
export const createClaimSweep = (props: ClaimSweepProps) => async (): Promise<void> => {
  const startedAt = props.clock.now();
  let after: ClaimEntry['name'] | undefined;
  do {
    const { entries, next } = await props.claims.list({ limit: PAGE, onlyOpen: true, ...(after === undefined ? {} : { after }) });
    const claims = await props.claims.readClaims(entries.flatMap(({ certificates }) => certificates));
    const byName = Map.groupBy(claims, ({ name }) => name);
    for (const entry of entries) await sweepReported(props, entry, byName.get(entry.name) ?? []);
    await tellUse(props, byName);
    after = next;
  } while (after !== undefined && props.clock.now() - startedAt < BUDGET_MS);
};

const sweepReported = async (props: ClaimSweepProps, entry: ClaimEntry, claims: readonly Claim[]): Promise<void> => {
  const at = props.clock.now();
  const overdue = overdueOf(claims, at);
  // All closed and not marked: a closing that broke off, which the same procedure finishes.
  const isLeftOver = claims.every(({ state }) => state === 'closed');
  if (overdue.length === 0 && !isLeftOver) return;
  try {
    await closeClaims(props, { entry, claims: isLeftOver ? claims : overdue, by: { actor: SERVICE, at } });
  } catch (fault) {
    props.faults.report(fault);
  }
};

const tellUse = async (
  { claimGauge, faults, clock }: ClaimSweepProps,
  byName: ReadonlyMap<ClaimEntry['name'], readonly Claim[]>,
): Promise<void> => {
  const uses = [...byName].flatMap(([name, claims]) => {
    const counter = counterOf(claims);
    if (counter === undefined) return [];
    const expiresAt = Math.max(...claims.map((claim) => claim.expiresAt));
    return [{ name, quotaUsedPercent: (100 * counter.admitted) / counter.quota, daysLeft: (expiresAt - clock.now()) / DAY_MS }];
  });
  try {
    await claimGauge.tell(uses);
  } catch (fault) {
    faults.report(fault);
  }
};
