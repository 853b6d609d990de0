import * as z from 'zod/mini';
import { parseClientIdLines } from '../../domain/client-id.ts';
import { parseIssuanceTerms } from '../../domain/issuance/certificate-terms.ts';
import { signingAlgorithms } from '../../domain/issuance/signing-algorithm.ts';
import { parseLineSettings } from '../../domain/line-settings.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({
  TABLE_NAME: z.string(),
  PREFIX: z.string(),
  REFUSAL_FLOOR_MS: z.coerce.number(),
  AUTHORITY_ARN: z.string(),
  SIGNING_ALGORITHM: z.enum(signingAlgorithms),
  TEMPLATE_ARN: z.string(),
});

export type CertificateProviderEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/** What the bundler writes into the code. @throws when it is missing. */
export const parseLines = (constants: Readonly<Record<'lineSettings' | 'clientIdLines' | 'issuanceTerms', string | undefined>>) => ({
  lines: parseLineSettings(constants.lineSettings ?? ''),
  clientIdLines: parseClientIdLines(constants.clientIdLines ?? ''),
  terms: parseIssuanceTerms(constants.issuanceTerms ?? ''),
});
