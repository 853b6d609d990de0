import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import { mayBeSuspected, quarantineSuspect, suspicionEvent } from '../../domain/connection/clone-suspicion.ts';
import type { TakeOvers } from '../../domain/connection/take-overs.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';
import { type SettlingResources, endConnection, settleQuarantine } from '../operations/devices/settle-device.ts';
import { settleHeldCertificates } from '../operations/devices/settle-held-certificates.ts';
import type { Clock } from '../middleware/clock.ts';
import { ContentionError } from '../activation/contention-error.ts';

export interface CloneSuspicion extends SettlingResources {
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
}

const MAX_ATTEMPTS = 4;
const STEPS = [settleQuarantine, settleHeldCertificates, endConnection];

/** Puts on record that two devices seem to be one, and does what the device's line wants done. Safe to repeat. */
export const suspectClone = async (props: CloneSuspicion, takeOvers: TakeOvers, action: TriggerAction): Promise<void> => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [enrollment] = await props.store.readMany([takeOvers.thingName]);
    if (enrollment === undefined) return;
    const event = suspicionEvent(enrollment, takeOvers, props.clock.now());
    if (mayBeSuspected(enrollment)) props.audit.emit(event);
    const change = quarantineSuspect(enrollment, action, event);
    if (change.outcome !== 'changed') return resume(props, enrollment, event.id);
    if ((await props.store.replace(change.enrollment)) === 'conflict') continue;
    props.audit.emit(change.enrollment.lastEvent);
    return settle(props, change.enrollment);
  }
  throw new ContentionError(takeOvers.thingName);
};

// Power failed after it was written: what follows at AWS IoT is not done yet.
const resume = async (props: CloneSuspicion, enrollment: Enrollment, id: string): Promise<void> => {
  if (enrollment.lastEvent.id === `quarantine-${id}`) await settle(props, enrollment);
};

/** Until the record has not changed meanwhile, so that an operator who releases the device at this moment has the last word. */
const settle = async (props: CloneSuspicion, quarantined: Enrollment): Promise<void> => {
  let current = quarantined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    for (const step of STEPS) await step(props, current);
    const [found = current] = await props.store.readMany([current.thingName]);
    if (found.version === current.version) return;
    current = found;
  }
  throw new ContentionError(quarantined.thingName);
};
