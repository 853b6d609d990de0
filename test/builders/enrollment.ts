import type { AuditEvent } from '../../domain/audit-event.ts';
import type { Enrollment, IssuedCertificate } from '../../domain/enrollment.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { aCertificateId, aKey, aLine, aSerial, aTenant } from './identifiers.ts';

/** Noon of a day in 2026: when every test begins. */
export const NOON = Date.UTC(2026, 10, 20, 12);

export const anEvent = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  schemaVersion: 1,
  id: 'event-0',
  at: NOON,
  code: 'device.registered',
  actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' },
  ...more,
});

/** A registered device that nobody has seen yet. */
export const anEnrollment = (more: Partial<Enrollment> = {}): Enrollment => {
  const line = more.line ?? aLine();
  const serialNumber = more.serialNumber ?? aSerial();
  return {
    line,
    serialNumber,
    thingName: thingNameOf('muster', line, serialNumber),
    tenant: aTenant(),
    approach: 'pki',
    requirement: {},
    state: 'registered',
    version: 1,
    certificates: [],
    toRetire: [],
    lastEvent: anEvent(),
    ...more,
  };
};

export const aCertificate = (name: string, more: Partial<IssuedCertificate> = {}): IssuedCertificate => ({
  id: aCertificateId(name),
  key: aKey('device'),
  issuedAt: NOON,
  ...more,
});
