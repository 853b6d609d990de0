import { isDeepStrictEqual } from 'node:util';
import type { AuditEvent } from '../../domain/audit-event.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { withOfferedRequirement } from '../../domain/rotation/offer.ts';
import type { NextRequirement, Renewing } from '../../domain/rotation/renewing.ts';
import type { Ask } from './read-ask.ts';
import { type Renewed, type Renewer, settleOffer } from './settle-offer.ts';

/** Puts on record what a device must prove from the next credential on, and tells it what that takes. */
export const renewRequirement = async (
  renewer: Renewer,
  { judge }: Extract<Renewing, { by: 'requirement' }>,
  ask: Ask & { readonly found: Enrollment },
): Promise<Renewed | undefined> => {
  let wanted: NextRequirement | undefined;
  const found = await settleOffer(renewer, ask, async (enrollment, at) => {
    const judged = await judge({ enrollment, offer: ask.offer });
    if (typeof judged === 'string') return judged;
    wanted = judged;
    if (isDeepStrictEqual(enrollment.rotation?.next, judged.requirement)) return 'offered';
    return { next: withOfferedRequirement(enrollment, judged.requirement, { id: renewer.newId(), at }) };
  });
  if (found?.outcome !== 'offered') return found;
  if (wanted === undefined) return undefined;
  const credential = await wanted.credential();
  if (wanted.sealedTo !== undefined) renewer.audit.emit(issueEvent(renewer, found.enrollment, wanted));
  return { outcome: 'given', credential };
};

const issueEvent = ({ clock, newId }: Renewer, enrollment: Enrollment, wanted: NextRequirement): AuditEvent => {
  const { line, tenant, approach, serialNumber, thingName, rotation } = enrollment;
  const { sealedTo, credentialId } = wanted;
  return {
    ...{ schemaVersion: 1, id: newId(), at: clock.now(), code: 'device-key.issued', actor: { kind: 'device' } },
    ...{ line, tenant, approach, serialNumber, thingName },
    ...(sealedTo === undefined ? {} : { kid: sealedTo }),
    ...(credentialId === undefined ? {} : { credentialId }),
    ...(rotation === undefined ? {} : { rotation: rotation.id }),
  };
};
