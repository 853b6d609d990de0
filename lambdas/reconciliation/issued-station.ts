import type { IssuedByAuthority } from '../../domain/issuance/issuance-ports.ts';
import { compareIssued, UNSETTLED_MS } from '../../domain/reconciliation/compare-issued.ts';
import { PACE_MS } from './due-pass.ts';
import type { Reconciled, Reconciler, Result, Wishes } from './reconciler.ts';
import { report } from './report.ts';
import type { Station, StationPage } from './station.ts';

type OwnAuthority = NonNullable<Reconciler['ownAuthority']>;

/** What the own authority issued: each certificate until it was found in use, or taken back. None where AWS IoT signs. */
export const issuedStations = (reconciler: Reconciler): readonly Station[] => {
  const { ownAuthority } = reconciler;
  if (ownAuthority === undefined) return [];
  return [{ name: 'issued', look: (after, wishes) => lookAtIssued({ ...reconciler, ownAuthority }, after, wishes) }];
};

type Looking = Reconciler & { readonly ownAuthority: OwnAuthority };

const lookAtIssued = async (looking: Looking, after: string | undefined, wishes: Wishes): Promise<StationPage> => {
  const { rows, next } = await looking.ownAuthority.issued.list(looking.clock.now() - UNSETTLED_MS, after);
  const reconciled: Reconciled[] = [];
  for (const issued of rows) {
    reconciled.push(...(await settle(looking, issued, wishes)));
    await looking.clock.pause(PACE_MS);
  }
  return next === undefined ? { reconciled, looked: rows.length } : { reconciled, looked: rows.length, next };
};

const settle = async (looking: Looking, issued: IssuedByAuthority, wishes: Wishes): Promise<readonly Reconciled[]> => {
  const [enrollment] = await looking.store.readMany([issued.thingName]);
  const found = compareIssued(issued, enrollment, await looking.certificateStates.statusOf(issued.certificateId));
  if (found === 'in-use') return [];
  if (found === 'known') {
    if (!wishes.isDryRun) await looking.ownAuthority.issued.strikeOff(issued);
    return [];
  }
  const result = wishes.isDryRun ? 'planned' : await takeBack(looking, issued);
  report(looking, { finding: found, result, state: 'at-authority' }, wishes);
  return [{ finding: found, result }];
};

// At the authority first: who is interrupted between finds it in the list, and all of it may be repeated.
const takeBack = async ({ ownAuthority, faults }: Looking, issued: IssuedByAuthority): Promise<Result> => {
  try {
    await ownAuthority.revocation.revoke(issued.certificatePem);
    await ownAuthority.issued.strikeOff(issued);
    return 'repaired';
  } catch (fault) {
    faults.report(fault);
    return 'failed';
  }
};
