import { OperationError } from '../../../domain/operation-error.ts';
import type { auditAddress } from '../../../domain/operations/audit-address.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';

/** Tells an address, and puts on record who was told. What should be forgotten already is told to nobody, though it may still be there. */
export const createAddress =
  ({ addresses, audit }: Pick<OperationResources, 'addresses' | 'audit'>): Performer<typeof auditAddress> =>
  async ({ eventId }, { scope, actor, eventId: id, at }) => {
    const kept = await addresses.read(eventId);
    if (kept === undefined || kept.until <= at) throw new OperationError('ERR_NOT_FOUND', `No address is kept for the event "${eventId}".`);
    audit.emit({
      schemaVersion: 1,
      id,
      at,
      code: 'address.shown',
      actor,
      operation: 'audit.address',
      scope: scope.name,
      resource: eventId,
    });
    return { address: kept.address, salt: Buffer.from(kept.salt).toString('hex'), until: kept.until };
  };
