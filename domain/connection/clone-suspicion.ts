import * as z from 'zod/mini';
import type { AuditEvent } from '../audit-event.ts';
import { type Change, unchanged } from '../changes/change.ts';
import { quarantine } from '../changes/quarantine.ts';
import type { TriggerAction } from '../configuration/configuration-triggers.ts';
import type { Enrollment } from '../enrollment.ts';
import { certificateId } from '../identifiers.ts';
import { type TakeOvers, dayOf } from './take-overs.ts';

const actor = { kind: 'service', name: 'clone-watch' } as const;

/** Whoever is out already is not suspected: being cut off again and again looks alike. */
export const mayBeSuspected = ({ state }: Pick<Enrollment, 'state'>): boolean =>
  state !== 'quarantined' && state !== 'revoked' && state !== 'decommissioned';

/** The record of a suspicion: on one day always the same, however often it is come to. */
export const suspicionEvent = (enrollment: Enrollment, { principal }: TakeOvers, at: number): AuditEvent => {
  const { line, tenant, approach, serialNumber, thingName } = enrollment;
  const certificate = z.safeParse(certificateId, principal).data;
  return {
    schemaVersion: 1,
    id: `clone-${thingName}-${dayOf(at)}`,
    at,
    code: 'device.clone-suspected',
    actor,
    ...{ line, tenant, approach, serialNumber, thingName },
    ...(certificate === undefined || approach !== 'pki' ? {} : { certificateId: certificate }),
  };
};

/** What becomes of the device on a line that wants more than an alarm: what an operator's quarantine would do, on record as the watch's. */
export const quarantineSuspect = (enrollment: Enrollment, action: TriggerAction, { id, at }: AuditEvent): Change =>
  action === 'quarantine' && mayBeSuspected(enrollment) ? quarantine(enrollment, { id: `quarantine-${id}`, at, actor, ...why }) : unchanged;

const why = { note: 'its connection goes back and forth between two addresses' };
