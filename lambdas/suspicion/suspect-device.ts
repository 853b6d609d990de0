import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import { type Suspicion, mayBeSuspected, quarantineSuspect, suspicionEvent } from '../../domain/connection/suspicion.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';
import { type SettlingResources, endConnection, settleQuarantine } from '../operations/devices/settle-device.ts';
import { settleHeldCertificates } from '../operations/devices/settle-held-certificates.ts';
import type { Clock } from '../middleware/clock.ts';
import { ContentionError } from '../activation/contention-error.ts';

export interface SuspicionResources extends SettlingResources {
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
}

const MAX_ATTEMPTS = 4;
const STEPS = [settleQuarantine, settleHeldCertificates, endConnection];

/** Puts on record what a watch thinks of a device, and does what the device's line wants done. Safe to repeat. */
export const suspectDevice = async (props: SuspicionResources, suspicion: Suspicion, action: TriggerAction): Promise<void> => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [enrollment] = await props.store.readMany([suspicion.thingName]);
    if (enrollment === undefined) return;
    const event = suspicionEvent(enrollment, suspicion, props.clock.now());
    if (mayBeSuspected(enrollment) && suspicion.isTold === undefined) props.audit.emit(event);
    const change = quarantineSuspect(enrollment, { action, note: suspicion.note }, event);
    if (change.outcome !== 'changed') return resume(props, enrollment, event.id);
    if ((await props.store.replace(change.enrollment)) === 'conflict') continue;
    props.audit.emit(change.enrollment.lastEvent);
    return settle(props, change.enrollment);
  }
  throw new ContentionError(suspicion.thingName);
};

// Power failed after it was written: what follows at AWS IoT is not done yet.
const resume = async (props: SuspicionResources, enrollment: Enrollment, id: string): Promise<void> => {
  if (enrollment.lastEvent.id === `quarantine-${id}`) await settle(props, enrollment);
};

/** Until the record has not changed meanwhile, so that an operator who releases the device at this moment has the last word. */
const settle = async (props: SuspicionResources, quarantined: Enrollment): Promise<void> => {
  let current = quarantined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    for (const step of STEPS) await step(props, current);
    const [found = current] = await props.store.readMany([current.thingName]);
    if (found.version === current.version) return;
    current = found;
  }
  throw new ContentionError(quarantined.thingName);
};
