import type { AuditEvent } from '../audit-event.ts';

/** The fields of an event that it can be found by. */
type SearchedField =
  | 'id'
  | 'code'
  | 'serialNumber'
  | 'thingName'
  | 'certificateId'
  | 'line'
  | 'tenant'
  | 'claim'
  | 'correlationId'
  | 'reason'
  | 'vendorCaId';

/** What is wanted of the audit log: events in which each of these has the value that is said. */
export type AuditFilter = Readonly<Partial<Record<SearchedField, string | undefined>>> & {
  /** Who caused it: an ARN or the last part of one, or the name of a service. */
  readonly actor?: string | undefined;
};

/** Whether an event is what is wanted. */
export const isWanted = (event: AuditEvent, { actor, ...where }: AuditFilter): boolean => {
  const fields: Readonly<Record<string, unknown>> = { ...event };
  const has = ([field, value]: readonly [string, string | undefined]): boolean => value === undefined || fields[field] === value;
  return Object.entries(where).every(has) && (actor === undefined || isActor(event, actor));
};

const isActor = ({ actor }: AuditEvent, wanted: string): boolean => {
  switch (actor.kind) {
    case 'device':
      return false;
    case 'operator':
      return actor.arn === wanted || actor.arn.endsWith(`/${wanted}`);
    case 'service':
      return actor.name === wanted;
  }
};
