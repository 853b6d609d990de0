import * as z from 'zod/mini';
import type { AuditCode, AuditEvent } from '../audit-event.ts';
import { type Change, unchanged } from '../changes/change.ts';
import { quarantine } from '../changes/quarantine.ts';
import type { TriggerAction } from '../configuration/configuration-triggers.ts';
import type { Enrollment } from '../enrollment.ts';
import { type ThingName, certificateId } from '../identifiers.ts';
import { DAY_MS } from '../duration.ts';

/** What a watch thinks of a device by how it uses its connections. */
export interface Suspicion {
  readonly thingName: ThingName;
  /** Whose connections they were: the certificate's id, or what an authorizer calls the device. */
  readonly principal: string;
  readonly code: AuditCode;
  /** The first part of the ids of its events. */
  readonly kind: string;
  /** The service that thinks so. */
  readonly watch: string;
  /** Why, for the record of what is done about it. */
  readonly note: string;
  /** Whoever thinks so has put it on record already. */
  readonly isTold?: true;
}

/** Counted from the epoch, in UTC. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

/** A day as people write it, e.g. `2026-11-20`. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Whoever is out already is not suspected: being cut off again and again looks alike. */
export const mayBeSuspected = ({ state }: Pick<Enrollment, 'state'>): boolean =>
  state !== 'quarantined' && state !== 'revoked' && state !== 'decommissioned';

/** The record of a suspicion: on one day always the same, however often it is come to. */
export const suspicionEvent = (enrollment: Enrollment, { code, kind, watch, principal }: Suspicion, at: number): AuditEvent => {
  const { line, tenant, approach, serialNumber, thingName } = enrollment;
  const certificate = z.safeParse(certificateId, principal).data;
  return {
    schemaVersion: 1,
    id: `${kind}-${thingName}-${dayOf(at)}`,
    ...{ at, code, actor: { kind: 'service', name: watch } },
    ...{ line, tenant, approach, serialNumber, thingName },
    ...(certificate === undefined || approach !== 'pki' ? {} : { certificateId: certificate }),
  };
};

/** What becomes of the device on a line that wants more than an alarm: what an operator's quarantine would do, on record as the watch's. */
export const quarantineSuspect = (
  enrollment: Enrollment,
  { action, note }: { readonly action: TriggerAction; readonly note: string },
  { id, at, actor }: AuditEvent,
): Change =>
  action === 'quarantine' && mayBeSuspected(enrollment)
    ? quarantine(enrollment, { id: `quarantine-${id}`, ...{ at, actor, note } })
    : unchanged;
