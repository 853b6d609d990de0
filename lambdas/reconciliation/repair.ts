import { retirementEvent, withoutRetired } from '../../domain/activation.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { Repair } from '../../domain/reconciliation/finding.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { withdrawRotation } from '../../domain/rotation/withdraw-rotation.ts';
import type { Reconciler, Wishes } from './reconciler.ts';

/**
 * Puts one thing right about a device, and answers its enrollment as it is then. AWS IoT first, the record after: whoever is
 * interrupted between finds the record undone, and all of it may be repeated.
 */
export const repairDevice = async (
  reconciler: Reconciler,
  { enrollment, repair }: { readonly enrollment: Enrollment; readonly repair: Repair },
  wishes: Wishes,
): Promise<Enrollment> => {
  const { thingName } = enrollment;
  switch (repair.does) {
    case 'retire':
      await reconciler.retirement.retire(repair.certificate, thingName);
      return strikeOff(reconciler, { enrollment, certificate: repair.certificate }, wishes);
    case 'revoke':
      await reconciler.certificateStates.revoke(repair.certificate);
      return strikeOff(reconciler, { enrollment, certificate: repair.certificate }, wishes);
    case 'deactivate':
      await reconciler.certificateStates.deactivate(repair.certificate);
      return enrollment;
    case 'delete':
      await reconciler.retirement.retire(repair.certificate, undefined);
      return enrollment;
    case 'quarantine':
      await reconciler.thingGroups.add(thingName, resourceNames(reconciler.prefix).quarantineGroup);
      return enrollment;
    case 'withdraw':
      return withdraw(reconciler, enrollment, wishes);
    case 'emit':
      reconciler.audit.emit(repair.event);
      return enrollment;
  }
};

const withdraw = async (reconciler: Reconciler, enrollment: Enrollment, wishes: Wishes): Promise<Enrollment> => {
  const { store, audit, clock, retirement } = reconciler;
  const id = `withdrawn-${enrollment.rotation?.id ?? ''}-${enrollment.thingName}`;
  const change = withdrawRotation(enrollment, { id, at: clock.now(), actor: wishes.actor });
  if (change.outcome !== 'changed') return enrollment;
  if ((await store.replace(change.enrollment)) === 'conflict') throw new ChangedMeanwhileError(enrollment.thingName);
  audit.emit(change.enrollment.lastEvent);
  let current = change.enrollment;
  for (const certificate of change.enrollment.toRetire.filter((retired) => !enrollment.toRetire.includes(retired))) {
    await retirement.retire(certificate, enrollment.thingName);
    current = await strikeOff(reconciler, { enrollment: current, certificate }, wishes);
  }
  return current;
};

const strikeOff = async (
  { store, audit, clock }: Reconciler,
  { enrollment, certificate }: { readonly enrollment: Enrollment; readonly certificate: CertificateId },
  { actor }: Wishes,
): Promise<Enrollment> => {
  if (!enrollment.toRetire.includes(certificate)) return enrollment;
  // As whoever else retires it would record it: a certificate is retired once in its life.
  const event = { ...retirementEvent(enrollment, certificate, { id: `retired-${certificate}`, at: clock.now() }), actor };
  const next = withoutRetired(enrollment, certificate, event);
  if ((await store.replace(next)) === 'conflict') throw new ChangedMeanwhileError(enrollment.thingName);
  audit.emit(event);
  return next;
};

/** Somebody else wrote the enrollment: what is left of its findings is judged anew. */
class ChangedMeanwhileError extends Error {
  override readonly name = 'ChangedMeanwhileError';
  readonly code = 'ERR_CHANGED_MEANWHILE';

  constructor(thing: string) {
    super(`The enrollment of "${thing}" was changed by others while it was reconciled; the next pass looks at it again.`);
  }
}
