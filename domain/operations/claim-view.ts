import * as z from 'zod/mini';
import { certificateId, claimName, lineName } from '../identifiers.ts';
import { refusalClasses } from '../refusal-class.ts';
import { serialNumber } from '../serial-number.ts';

/** What a claim is restricted to beside its line. */
export const serialRange = z.object({ from: serialNumber, to: serialNumber });

/** SHA-256 of a file in hexadecimal digits. */
export const manifestDigest = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected SHA-256 in 64 hexadecimal digits'));

/** One certificate of a claim; a claim that was rotated has several. Times are milliseconds since the epoch. */
const claimCertificateView = z.object({
  certificateId,
  state: z.enum(['open', 'closed']),
  opensAt: z.number(),
  expiresAt: z.number(),
  closedAt: z.exactOptional(z.number()),
  closedBy: z.exactOptional(z.string()),
});

/** A claim as operators see it. Times are milliseconds since the epoch. */
export const claimView = z.object({
  name: claimName,
  line: lineName,
  /** `open` as long as one of its certificates may still be used. */
  state: z.enum(['not-yet-open', 'open', 'exhausted', 'expired', 'closed']),
  quota: z.number(),
  admitted: z.number(),
  lastAdmittedAt: z.exactOptional(z.number()),
  /** When it ends. */
  expiresAt: z.number(),
  contact: z.exactOptional(z.string()),
  range: z.exactOptional(serialRange),
  manifest: z.exactOptional(manifestDigest),
  technician: z.exactOptional(z.string()),
  /** From the first to the last. */
  certificates: z.array(claimCertificateView),
  /** Of the last 24 hours, by class; left out where they were not asked for. */
  refusals: z.exactOptional(z.record(z.enum(refusalClasses), z.number())),
});

export type ClaimView = z.infer<typeof claimView>;

/** What a device needs beside certificate and key: the fields of a claim file. */
export const claimIssue = z.object({
  claim: claimView,
  certificateId,
  certificatePem: z.string(),
  template: z.string(),
  clientIdPrefix: z.string(),
  /** The account's data endpoint, as `host`. */
  endpoint: z.string(),
  /** Whether devices of this line wait for an operator's yes. */
  approval: z.enum(['none', 'operator']),
});
