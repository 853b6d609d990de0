import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';

/** What `<name>.claim.json` says of a claim: all that onboarding takes, and no secret. */
export const claimFileSchema = z.object({
  schemaVersion: z.literal(1),
  name: z.string(),
  line: lineName,
  template: z.string().check(z.regex(/^[0-9A-Za-z_-]{1,36}$/)),
  clientIdPrefix: z.string().check(z.minLength(1)),
  certificateId: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** Of the data plane: `host` or `host:port`. */
  endpoint: z.string().check(z.minLength(1)),
  /** Present where an operator must say yes to each device of the line. */
  approval: z.exactOptional(z.literal('operator')),
  /** File names, relative to this file's directory. */
  certificate: z.string().check(z.minLength(1)),
  privateKey: z.string().check(z.minLength(1)),
});

export type ClaimFile = z.infer<typeof claimFileSchema>;

/** The files of a claim by its name, side by side in one directory. */
export const claimFileNames = (name: string) => ({
  claim: `${name}.claim.json`,
  certificate: `${name}.certificate.pem`,
  privateKey: `${name}.private-key.pem`,
});
