import * as z from 'zod/mini';
import { MAX_EVIDENCE_LENGTH } from '../../domain/admission/provisioning-contract.ts';
import { bytesText, derText } from './evidence/canonical-text.ts';

const MAC_BYTES = 32;
/** The leaf and those between it and the trust anchor. */
export const MAX_CHAIN_LENGTH = 3;

/** How a vendor certificate's key signs, by its names in JOSE (RFC 7518 §3.1). Signatures of elliptic curves are r and s, one after the other. */
export const signatureAlgorithms = ['ES256', 'ES384', 'PS256', 'RS256'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

const mac = bytesText((bytes) => bytes === MAC_BYTES);

const byCode = z.strictObject({ kind: z.literal('enrollment-code'), mac });
const bySecret = z.strictObject({ kind: z.literal('device-secret'), mac });
const byVendor = z.strictObject({
  kind: z.literal('vendor-certificate'),
  chain: z.array(derText).check(z.minLength(1), z.maxLength(MAX_CHAIN_LENGTH)),
  algorithm: z.enum(signatureAlgorithms),
  signature: bytesText((bytes) => bytes >= 2 * MAC_BYTES),
});
const nothing = z.strictObject({ kind: z.optional(z.undefined()) });
const evidence = z.union([nothing, byCode, bySecret, byVendor]);

/**
 * What a device sends as `Evidence` beside its serial number. Nothing, or an empty object, from a device whose proof is the
 * signature on its CSR alone, which AWS IoT checks before it issues the certificate that the hook is given. Everything else is
 * made over the binding of this one occasion.
 */
export type PkiEvidence = z.infer<typeof evidence>;

/** A chain of certificates, the device's first, each DER in base64; and a signature by the device's vendor key. */
export type VendorEvidence = z.infer<typeof byVendor>;

/** Reads `Evidence`, or returns `undefined` where it is not what PKI devices send. */
export const readPkiEvidence = (text = '{}'): PkiEvidence | undefined => {
  if (text.length > MAX_EVIDENCE_LENGTH) return undefined;
  try {
    return z.safeParse(evidence, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
