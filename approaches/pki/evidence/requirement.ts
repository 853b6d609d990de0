import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { CODE_USED_BY, type RequirementDescription } from '../../../domain/enroller.ts';
import { keyDigest } from '../../../domain/identifiers.ts';
import { bytesText, derText } from './canonical-text.ts';

export const MIN_SECRET_BYTES = 32;
/** More than a block of SHA-256 would be hashed before it is used (RFC 2104 §2), and adds nothing. */
export const MAX_SECRET_BYTES = 64;
const MAX_NAME_LENGTH = 512;

const tagged = <Shape extends z.core.$ZodLooseShape, Tag extends RequirementDescription['attestation']>(attestation: Tag, shape: Shape) =>
  z.pipe(
    z.strictObject(shape),
    z.transform((fields) => ({ attestation, ...fields })),
  );

const requirement = z.union([
  tagged('serial-only', {}),
  tagged('enrollment-code', {
    /** `codeKeyOf` the code. */
    codeKey: bytesText((bytes) => bytes === 32),
    /** The key that used it; only that one may use it again. */
    [CODE_USED_BY]: z.exactOptional(keyDigest),
  }),
  tagged('device-secret', { deviceSecret: bytesText((bytes) => bytes >= MIN_SECRET_BYTES && bytes <= MAX_SECRET_BYTES) }),
  tagged('pinned-key', { pinnedKey: keyDigest }),
  tagged('vendor-certificate', {
    /** The vendor CA's SubjectPublicKeyInfo. */
    vendorCaKey: derText,
    /** Its subject, a line for each part, as OpenSSL writes it. */
    vendorCaName: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_LENGTH)),
    /** SHA-256 of the one certificate that will do, in hexadecimal digits. */
    vendorCertificate: z.exactOptional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  }),
]);

/** What an enrollment asks of its device. */
export type PkiRequirement = z.infer<typeof requirement>;

/** Reads what an enrollment asks for, or returns `undefined` where it asks for what PKI does not know. */
export const readPkiRequirement = (recorded: unknown): PkiRequirement | undefined => z.safeParse(requirement, recorded).data;

/** What anybody may know of a requirement: nothing in it helps to meet it. `undefined` where PKI does not know it. */
export const describePkiRequirement = (recorded: unknown): RequirementDescription | undefined => {
  const required = readPkiRequirement(recorded);
  if (required === undefined) return undefined;
  const keys = required.attestation === 'pinned-key' ? { keys: [required.pinnedKey] } : {};
  return { attestation: required.attestation, details: detailsOf(required), ...keys };
};

const detailsOf = (required: PkiRequirement): RequirementDescription['details'] => {
  switch (required.attestation) {
    case 'serial-only':
    case 'device-secret':
      return {};
    case 'enrollment-code':
      return required.codeUsedBy === undefined ? {} : { codeUsedBy: required.codeUsedBy };
    case 'pinned-key':
      return { pinnedKey: required.pinnedKey };
    case 'vendor-certificate':
      return {
        vendorCa: required.vendorCaName.replaceAll('\n', ', '),
        vendorCaKey: createHash('sha256').update(Buffer.from(required.vendorCaKey, 'base64')).digest('hex'),
        ...(required.vendorCertificate === undefined ? {} : { vendorCertificate: required.vendorCertificate }),
      };
  }
};
