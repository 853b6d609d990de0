import * as z from 'zod/mini';
import { type LineName, lineName } from '../identifiers.ts';

/** What a device may use its key for (RFC 5280 §4.2.1.3), by the names that AWS Private CA has for it in lower case. */
export const keyUsages = ['digitalSignature', 'keyEncipherment', 'keyAgreement'] as const;

export type KeyUsage = (typeof keyUsages)[number];

/** What certificates of a line are issued for. */
export interface CertificateTerms {
  readonly line: LineName;
  readonly validityDays: number;
  readonly keyUsage: readonly KeyUsage[];
}

/** What the own authority may be made to issue, and no more. */
export interface IssuanceTerms {
  readonly lines: readonly CertificateTerms[];
  /** Certificates for one enrollment in a day (UTC). */
  readonly perDeviceDaily: number;
  /** Certificates under one claim in an hour. */
  readonly perClaimHourly: number;
}

const certificateTerms = z.array(z.object({ line: lineName, validityDays: z.int(), keyUsage: z.array(z.enum(keyUsages)) }));

const issuanceTerms = z.object({
  lines: certificateTerms,
  perDeviceDaily: z.int(),
  perClaimHourly: z.int(),
});

/** Reads them from JSON text. @throws when it is none: nothing may be issued without them. */
export const parseIssuanceTerms = (json: string): IssuanceTerms => z.parse(issuanceTerms, JSON.parse(json));

/** Reads those of the lines alone. @throws when it is none. */
export const parseCertificateTerms = (json: string): readonly CertificateTerms[] => z.parse(certificateTerms, JSON.parse(json));
