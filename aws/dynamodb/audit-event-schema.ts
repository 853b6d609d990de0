import * as z from 'zod/mini';
import { auditCodes } from '../../domain/audit-event.ts';
import { certificateId, claimName, keyDigest, lineName, tenantName, thingName, vendorCaId } from '../../domain/identifiers.ts';
import { importCounts } from '../../domain/import-counts.ts';
import { reasonCodes } from '../../domain/reason-code.ts';
import { findingKinds } from '../../domain/reconciliation/finding-kind.ts';
import { rotationId } from '../../domain/rotation/rotation.ts';
import { serialNumber } from '../../domain/serial-number.ts';

const actor = z.union([
  z.object({ kind: z.literal('device') }),
  z.object({ kind: z.literal('operator'), arn: z.string() }),
  z.object({ kind: z.literal('service'), name: z.string() }),
]);

const sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** An audit event as it stands in the record of the write that it belongs to. */
export const auditEvent = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  at: z.number(),
  code: z.enum(auditCodes),
  actor,
  reason: z.exactOptional(z.enum(reasonCodes)),
  correlationId: z.exactOptional(z.string()),
  line: z.exactOptional(lineName),
  tenant: z.exactOptional(tenantName),
  formerTenant: z.exactOptional(tenantName),
  approach: z.exactOptional(z.string()),
  serialNumber: z.exactOptional(serialNumber),
  thingName: z.exactOptional(thingName),
  certificateId: z.exactOptional(certificateId),
  keyDigest: z.exactOptional(keyDigest),
  boundKeyDigest: z.exactOptional(keyDigest),
  credentialId: z.exactOptional(z.string()),
  addressDigest: z.exactOptional(sha256Hex),
  operation: z.exactOptional(z.string()),
  awsService: z.exactOptional(z.string()),
  resource: z.exactOptional(z.string()),
  awsReason: z.exactOptional(z.string()),
  scope: z.exactOptional(z.string()),
  proposedBy: z.exactOptional(z.string()),
  note: z.exactOptional(z.string()),
  manufacturer: z.exactOptional(z.string()),
  kid: z.exactOptional(z.string()),
  manifest: z.exactOptional(z.string()),
  counts: z.exactOptional(importCounts),
  vendorCaId: z.exactOptional(vendorCaId),
  claim: z.exactOptional(claimName),
  claimCertificateId: z.exactOptional(certificateId),
  leftOut: z.exactOptional(z.int()),
  lost: z.exactOptional(z.int()),
  rotation: z.exactOptional(rotationId),
  finding: z.exactOptional(z.enum(findingKinds)),
  until: z.exactOptional(z.number()),
  since: z.exactOptional(z.number()),
});
