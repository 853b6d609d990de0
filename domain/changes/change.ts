import type { AuditCode, AuditEvent } from '../audit-event.ts';
import { type Enrollment, type OptionalField, without } from '../enrollment.ts';
import { type Standing, type Transition, follow } from '../enrollment-state.ts';
import type { Stamp } from '../registration.ts';

/** Who changes an enrollment, when, and under which operation and rights. */
export interface ChangeStamp extends Stamp, Pick<AuditEvent, 'operation' | 'scope' | 'proposedBy'> {}

/**
 * - `changed`: the enrollment as it must be written, one version on
 * - `unchanged`: it is already so
 * - `impossible`: it is not in a state for this; `why` says what it is in, and what can be done
 */
export type Change =
  | { readonly outcome: 'changed'; readonly enrollment: Enrollment }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'impossible'; readonly why: string };

export const unchanged: Change = { outcome: 'unchanged' };

export const impossible = (why: string): Change => ({ outcome: 'impossible', why });

/** What becomes of an enrollment, and how that is put on record. */
export interface Alteration {
  readonly transition: Transition;
  readonly code: AuditCode;
  /** Further fields of the event. */
  readonly about?: Partial<AuditEvent>;
  readonly sets?: Partial<Enrollment>;
  readonly removes?: readonly OptionalField[];
}

/** Alters an enrollment where the state machine allows it. */
export const alter = (enrollment: Enrollment, stamp: ChangeStamp, alteration: Alteration): Change => {
  const { transition, code, about = {}, sets = {}, removes = [] } = alteration;
  const standing = follow(enrollment, transition);
  if (standing === undefined) return impossible(`A device that is ${enrollment.state} cannot be changed in this way.`);
  const { line, tenant, approach, serialNumber, thingName } = enrollment;
  const lastEvent: AuditEvent = { schemaVersion: 1, ...stamp, code, line, tenant, approach, serialNumber, thingName, ...about };
  const left = without(enrollment, 'quarantinedFrom', ...(isOnItsWay(standing) ? [] : (['rotation'] as const)), ...removes);
  return { outcome: 'changed', enrollment: { ...left, ...sets, ...standing, version: enrollment.version + 1, lastEvent } };
};

const isOnItsWay = ({ state, quarantinedFrom }: Standing): boolean => (quarantinedFrom ?? state) === 'rotating';
