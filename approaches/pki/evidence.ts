import * as z from 'zod/mini';
import { keyDigest } from '../../domain/identifiers.ts';

const evidence = z.strictObject({});
const requirement = z.strictObject({ pinnedKey: z.exactOptional(keyDigest) });

/**
 * What a device sends as `Evidence` beside its serial number: nothing, or an empty object. Its proof is the signature on
 * its CSR, which AWS IoT checks before it issues the certificate that the hook is given.
 */
export type PkiEvidence = z.infer<typeof evidence>;

/** What an enrollment may ask of the device: that its key is one known in advance. */
export type PkiRequirement = z.infer<typeof requirement>;

/** Reads `Evidence`, or returns `undefined` where it is not what PKI devices send. */
export const readPkiEvidence = (text: string): PkiEvidence | undefined => {
  try {
    return z.safeParse(evidence, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Reads what an enrollment asks for, or returns `undefined` where it asks for what PKI does not know. */
export const readPkiRequirement = (recorded: unknown): PkiRequirement | undefined => z.safeParse(requirement, recorded).data;
