import type { Enrollment } from '../../domain/enrollment.ts';
import type { LineName, ThingName } from '../../domain/identifiers.ts';
import { hasTraces } from '../../domain/reconciliation/compare-enrollment.ts';
import {
  compareClaimCertificate,
  compareDeviceCertificate,
  compareLeftOver,
  compareThings,
} from '../../domain/reconciliation/compare-registry.ts';
import type { Finding } from '../../domain/reconciliation/finding.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { rescheduled } from '../../domain/rotation/reschedule.ts';
import { PACE_MS, QUIET_MS } from './due-pass.ts';
import { reconcileDevice } from './reconcile-device.ts';
import type { Reconciled, Reconciler, Wishes } from './reconciler.ts';
import type { Station, StationPage } from './station.ts';
import { issuedStations } from './issued-station.ts';
import { report } from './report.ts';
import { tellAges } from './tell-ages.ts';

const ENROLLMENTS = 25;

/** All that the full pass goes through, in order: what is on record, what AWS IoT has of each line, what the own authority issued. */
export const stationsOf = (reconciler: Reconciler): readonly Station[] => [
  { name: 'enrollments', look: (after, wishes) => lookAtEnrollments(reconciler, after, wishes) },
  ...reconciler.lines.flatMap((line) => [
    { name: `things:${line}`, look: (after: string | undefined, wishes: Wishes) => lookAtThings(reconciler, { line, after }, wishes) },
    {
      name: `device-certificates:${line}`,
      look: (after: string | undefined, wishes: Wishes) => lookAtDeviceCertificates(reconciler, { line, after }, wishes),
    },
    {
      name: `claim-certificates:${line}`,
      look: (after: string | undefined, wishes: Wishes) => lookAtClaimCertificates(reconciler, { line, after }, wishes),
    },
  ]),
  ...issuedStations(reconciler),
];

interface Place {
  readonly line: LineName;
  readonly after: string | undefined;
}

const pageOf = (reconciled: readonly Reconciled[], looked: number, next: string | undefined): StationPage =>
  next === undefined ? { reconciled, looked } : { reconciled, looked, next };

const lookAtEnrollments = async (reconciler: Reconciler, after: string | undefined, wishes: Wishes): Promise<StationPage> => {
  const { rows, next } = await reconciler.store.list({}, { limit: ENROLLMENTS, after });
  if (!wishes.isDryRun) tellAges(reconciler.gauge, rows, reconciler.clock.now());
  const reconciled: Reconciled[] = [];
  // Somebody is at work on what was just changed; that is on the list of what was changed.
  const changedBefore = reconciler.clock.now() - QUIET_MS;
  for (const found of rows.filter((row) => hasTraces(row) && row.lastEvent.at <= changedBefore)) {
    const enrollment = await reschedule(reconciler, found, wishes);
    reconciled.push(...(await reconcileDevice(reconciler, { enrollment }, wishes)).reconciled);
    await reconciler.clock.pause(PACE_MS);
  }
  return pageOf(reconciled, rows.length, next);
};

// Of what is not active it is noted when it is.
const reschedule = async ({ rotations, dueRotations, clock }: Reconciler, found: Enrollment, { isDryRun }: Wishes): Promise<Enrollment> => {
  const next = rescheduled(found, rotations, clock.now());
  if (next === found || isDryRun) return found;
  await dueRotations.setDue(found, next.rotateAt);
  return next;
};

const enrolledOf = async ({ store }: Reconciler, things: readonly ThingName[]): Promise<ReadonlySet<ThingName>> =>
  things.length === 0 ? new Set() : new Set((await store.readMany([...new Set(things)])).map(({ thingName }) => thingName));

const lookAtThings = async (reconciler: Reconciler, { line, after }: Place, wishes: Wishes): Promise<StationPage> => {
  const { rows, next } = await reconciler.registry.thingsOf(line, after);
  const found = compareThings(line, rows, await enrolledOf(reconciler, rows));
  return pageOf(await settle(reconciler, found, wishes), rows.length, next);
};

const lookAtDeviceCertificates = async (reconciler: Reconciler, { line, after }: Place, wishes: Wishes): Promise<StationPage> => {
  const { registry, prefix, clock } = reconciler;
  const { rows, next } = await registry.holdersOf(resourceNames(prefix).devicePolicy(line), after);
  const found: Finding[] = [];
  for (const target of rows) {
    await clock.pause(PACE_MS);
    const things = await registry.thingsWith(target);
    const enrolled = await enrolledOf(reconciler, things);
    if (enrolled.size > 0) continue;
    const holder = { ...(await registry.ageOf(target.certificateId)), certificateId: target.certificateId, things };
    const at = clock.now();
    found.push(...compareDeviceCertificate(line, holder, { enrolled, at }), ...compareLeftOver(line, holder, at));
  }
  return pageOf(await settle(reconciler, found, wishes), rows.length, next);
};

const lookAtClaimCertificates = async (reconciler: Reconciler, { line, after }: Place, wishes: Wishes): Promise<StationPage> => {
  const { registry, claims, prefix, clock } = reconciler;
  const { rows, next } = await registry.holdersOf(resourceNames(prefix).claimPolicy(line), after);
  const ids = rows.map(({ certificateId }) => certificateId);
  const known = new Set((await claims.readClaims(ids)).map(({ certificateId }) => certificateId));
  const found: Finding[] = [];
  for (const certificateId of ids.filter((id) => !known.has(id))) {
    found.push(...compareClaimCertificate(line, { ...(await registry.ageOf(certificateId)), certificateId }, clock.now()));
    await clock.pause(PACE_MS);
  }
  return pageOf(await settle(reconciler, found, wishes), rows.length, next);
};

const settle = async (reconciler: Reconciler, found: readonly Finding[], wishes: Wishes): Promise<readonly Reconciled[]> => {
  const reconciled: Reconciled[] = [];
  for (const finding of found) {
    const result = await resultOf(reconciler, finding, wishes);
    report(reconciler, { finding, result, state: 'at-iot' }, wishes);
    reconciled.push({ finding, result });
  }
  return reconciled;
};

// What belongs to no enrollment is deactivated, deleted a month later, or left.
const resultOf = async (
  { certificateStates, retirement, faults }: Reconciler,
  { repair }: Finding,
  { isDryRun }: Wishes,
): Promise<Reconciled['result']> => {
  if (repair?.does !== 'deactivate' && repair?.does !== 'delete') return 'left';
  if (isDryRun) return 'planned';
  try {
    if (repair.does === 'delete') await retirement.retire(repair.certificate, undefined);
    else await certificateStates.deactivate(repair.certificate);
    return 'repaired';
  } catch (fault) {
    faults.report(fault);
    return 'failed';
  }
};
