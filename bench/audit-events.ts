import { hash } from 'node:crypto';
import type { AuditEvent } from '../domain/audit-event.ts';
import * as z from 'zod/mini';
import { certificateId, claimName, keyDigest, lineName, tenantName, thingName } from '../domain/identifiers.ts';
import { serialNumber } from '../domain/serial-number.ts';

const digestOf = (text: string): string => hash('sha256', text);

const [line, tenant, claim] = [z.parse(lineName, 'sensor'), z.parse(tenantName, 'acme'), z.parse(claimName, 'batch-7')];
const claimCertificateId = z.parse(certificateId, digestOf('claim'));
const BEGIN = Date.UTC(2026, 10, 20);

/** The longest of usual events: a device is let in. */
const admissionOf = (device: number): AuditEvent => ({
  ...{
    schemaVersion: 1,
    id: digestOf(`event ${device}`).slice(0, 32),
    at: BEGIN + device,
    code: 'admission.granted',
    actor: { kind: 'device' },
  },
  ...{ line, tenant, claim, claimCertificateId, approach: 'pki' },
  correlationId: `muster-claim-sensor-${digestOf(`attempt ${device}`).slice(0, 32)}`,
  serialNumber: z.parse(serialNumber, `SN-${device}`),
  thingName: z.parse(thingName, `muster:sensor:SN-${device}`),
  certificateId: z.parse(certificateId, digestOf(`certificate ${device}`)),
  keyDigest: z.parse(keyDigest, digestOf(`key ${device}`)),
});

/** So many devices come in. */
export const auditEvents = (count: number): readonly AuditEvent[] => Array.from({ length: count }, (_, device) => admissionOf(device));
