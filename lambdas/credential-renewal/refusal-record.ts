import type { AuditEvent } from '../../domain/audit-event.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { RotationId } from '../../domain/rotation/rotation.ts';
import type { Clock } from '../middleware/clock.ts';
import { UnjudgedRefusals } from '../device-authorizer/unjudged-refusals.ts';
import type { Refused } from './settle-offer.ts';

interface Props {
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/** Whom a refusal is about, as far as it is known. */
interface About extends Pick<Refused, 'reason' | 'enrollment'> {
  readonly thing: ThingName;
  readonly rotation?: RotationId;
}

/** Puts refusals on record, so many in a minute and no more: a device may ask a hundred times a second. */
export const createRefusalRecord = ({ audit, clock, newId }: Props): ((about: About) => void) => {
  const bound = new UnjudgedRefusals();
  return (about) => {
    const at = clock.now();
    const leftOut = bound.take(at);
    if (leftOut === undefined) return;
    audit.emit({ ...eventOf(about, { id: newId(), at }), ...(leftOut === 0 ? {} : { leftOut }) });
  };
};

const eventOf = ({ thing, rotation, reason, enrollment }: About, stamp: Pick<AuditEvent, 'id' | 'at'>): AuditEvent => ({
  ...{ schemaVersion: 1, ...stamp, code: 'rotation.refused', actor: { kind: 'device' }, reason, thingName: thing },
  ...(rotation === undefined ? {} : { rotation }),
  ...(enrollment === undefined ? {} : identityOf(enrollment)),
});

const identityOf = ({ line, tenant, approach, serialNumber }: NonNullable<Refused['enrollment']>) => ({
  ...{ line, tenant, approach, serialNumber },
});
