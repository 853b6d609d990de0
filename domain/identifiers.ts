import * as z from 'zod/mini';
import type { Branded } from './branded.ts';

/** A product line: one thing type, one provisioning template, one policy shape. */
export type LineName = Branded<string, 'LineName'>;
/** Whom a device belongs to. */
export type TenantName = Branded<string, 'TenantName'>;
/** The name of an approach to authentication, e.g. `pki`. */
export type ApproachName = string;
/** Sixty-four lower-case hexadecimal digits: SHA-256 over the certificate's DER, as AWS IoT names certificates. */
export type CertificateId = Branded<string, 'CertificateId'>;
/** What AWS IoT calls a CA that was registered there: sixty-four lower-case hexadecimal digits. */
export type VendorCaId = Branded<string, 'VendorCaId'>;
/** Sixty-four lower-case hexadecimal digits: SHA-256 over the public key's SubjectPublicKeyInfo (RFC 5280 §4.1). */
export type KeyDigest = Branded<string, 'KeyDigest'>;
/** The name of a device's record in AWS IoT, made by `thingNameOf` and by nobody else. */
export type ThingName = Branded<string, 'ThingName'>;
/** The name of a manufacturing batch's claim. */
export type ClaimName = Branded<string, 'ClaimName'>;

// No character that could add a level (/) or a wildcard (+ # * ?) to a topic or a policy.
const slug = z.string().check(z.regex(/^[a-z0-9-]{1,32}$/));
const sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const branded = <Name extends string>(schema: z.ZodMiniType<string, string>) =>
  z.pipe(
    schema,
    z.transform((value) => value as Branded<string, Name>),
  );

export const lineName = branded<'LineName'>(slug);
export const tenantName = branded<'TenantName'>(slug);
export const claimName = branded<'ClaimName'>(slug);
export const certificateId = branded<'CertificateId'>(sha256Hex);
export const vendorCaId = branded<'VendorCaId'>(sha256Hex);
export const keyDigest = branded<'KeyDigest'>(sha256Hex);
export const thingName = branded<'ThingName'>(z.string().check(z.regex(/^[a-zA-Z0-9:_-]{1,128}$/)));
