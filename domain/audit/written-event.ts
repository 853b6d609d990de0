import * as z from 'zod/mini';
import { type AuditEvent, auditCodes } from '../audit-event.ts';
import { importCounts } from '../import-counts.ts';
import { reasonCodes } from '../reason-code.ts';
import { findingKinds } from '../reconciliation/finding-kind.ts';

const text = z.exactOptional(z.string());

/** An event as it leaves: its words are what they were, and a name may be any text, for another may stand in for it. */
export const writtenEvent = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  at: z.number(),
  code: z.enum(auditCodes),
  actor: z.union([
    z.object({ kind: z.literal('device') }),
    z.object({ kind: z.literal('operator'), arn: z.string() }),
    z.object({ kind: z.literal('service'), name: z.string() }),
  ]),
  reason: z.exactOptional(z.enum(reasonCodes)),
  finding: z.exactOptional(z.enum(findingKinds)),
  counts: z.exactOptional(importCounts),
  leftOut: z.exactOptional(z.number()),
  lost: z.exactOptional(z.number()),
  until: z.exactOptional(z.number()),
  since: z.exactOptional(z.number()),
  ...{ correlationId: text, line: text, tenant: text, formerTenant: text, approach: text, serialNumber: text, thingName: text },
  ...{ certificateId: text, keyDigest: text, boundKeyDigest: text, credentialId: text, addressDigest: text, vendorCaId: text },
  ...{ operation: text, awsService: text, resource: text, awsReason: text, scope: text, proposedBy: text, note: text },
  ...{ manufacturer: text, kid: text, manifest: text, claim: text, claimCertificateId: text, rotation: text },
} satisfies Record<keyof AuditEvent, unknown>);

export type WrittenEvent = z.infer<typeof writtenEvent>;
