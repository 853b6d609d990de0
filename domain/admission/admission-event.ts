import type { RefusedRequest } from './admission-request.ts';
import type { AuditCode, AuditEvent } from '../audit-event.ts';

/** The record of what came of a device's request. */
export const admissionEvent = (request: RefusedRequest, code: AuditCode, more: Partial<AuditEvent>): AuditEvent => ({
  schemaVersion: 1,
  id: request.eventId,
  at: request.at,
  code,
  actor: { kind: 'device' },
  correlationId: request.correlationId,
  ...defined('line', request.line),
  ...defined('serialNumber', request.serialNumber),
  ...defined('thingName', request.thingName),
  ...defined('certificateId', request.certificateId),
  ...defined('claimCertificateId', request.claimCertificateId),
  ...defined('claim', request.claim?.name),
  ...defined('tenant', request.enrollment?.tenant),
  ...defined('approach', request.enrollment?.approach),
  ...request.about,
  ...more,
});

const defined = <Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> =>
  value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
