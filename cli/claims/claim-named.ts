import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import { claimFileSchema } from '../../device/store/claim-file.ts';
import { type CertificateId, certificateId, type ClaimName, claimName } from '../../domain/identifiers.ts';
import { CommandError } from '../command-error.ts';

/** A claim as it was named on the command line. */
export type NamedClaim =
  | { readonly name: ClaimName /** Where its file lies, when it was named by that. */; readonly directory?: string }
  | { readonly certificateId: CertificateId };

/**
 * Reads a claim's name, its <name>.claim.json, or the id of one of its certificates.
 * @throws CommandError when it is none of them.
 */
export const readNamedClaim = async (named: string): Promise<NamedClaim> => {
  const id = z.safeParse(certificateId, named);
  if (id.success) return { certificateId: id.data };
  const name = z.safeParse(claimName, named);
  if (name.success) return { name: name.data };
  try {
    const file = z.parse(claimFileSchema, JSON.parse(await readFile(named, 'utf8')));
    return { name: z.parse(claimName, file.name), directory: dirname(named) };
  } catch (cause) {
    throw new CommandError(
      `"${named}" names no claim; allowed is its name, its <name>.claim.json, or the id of one of its certificates (64 hexadecimal digits).`,
      { cause },
    );
  }
};
