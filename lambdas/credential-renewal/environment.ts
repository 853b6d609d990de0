import * as z from 'zod/mini';
import { type CertificateTerms, parseCertificateTerms } from '../../domain/issuance/certificate-terms.ts';
import { type SigningAlgorithmName, signingAlgorithms } from '../../domain/issuance/signing-algorithm.ts';
import { type LineRotations, parseLineRotations } from '../../domain/rotation/rotation-settings.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({ TABLE_NAME: z.string(), PREFIX: z.string(), TOPIC_PREFIX: z.string() });

export type CredentialRenewalEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/** The variable that says, as JSON, which version of a line's keys is the newest; there where devices of a rotated line have such keys. */
export const NEWEST_KEY_VERSIONS = 'NEWEST_KEY_VERSIONS';

/** @throws for what it cannot be. */
export const readNewestKeyVersions = (json: string | undefined): Readonly<Record<string, number>> =>
  z.parse(z.record(z.string(), z.int()), JSON.parse(json ?? '{}'));

const ownAuthority = z.object({ AUTHORITY_ARN: z.string(), SIGNING_ALGORITHM: z.enum(signingAlgorithms), TEMPLATE_ARN: z.string() });

/** The variables of an own authority; there where one is configured. */
export type OwnAuthorityEnvironment = Readonly<Record<keyof z.infer<typeof ownAuthority>, string>>;

interface OwnAuthority {
  readonly arn: string;
  readonly signingAlgorithm: SigningAlgorithmName;
  readonly templateArn: string;
  readonly terms: readonly CertificateTerms[];
}

/**
 * Who signs in place of AWS IoT, and by which terms, which the bundler writes into the code; `undefined` where AWS IoT signs.
 * @throws for half of it: certificates of the wrong signer must not be issued.
 */
export const readOwnAuthority = (variables: NodeJS.ProcessEnv, terms: string | undefined): OwnAuthority | undefined => {
  if (variables['AUTHORITY_ARN'] === undefined) return undefined;
  const { AUTHORITY_ARN: arn, SIGNING_ALGORITHM: signingAlgorithm, TEMPLATE_ARN: templateArn } = z.parse(ownAuthority, variables);
  return { arn, signingAlgorithm, templateArn, terms: parseCertificateTerms(terms ?? '') };
};

/**
 * How the lines rotate, which the bundler writes in place of the variable: it may outgrow what Lambda gives to variables.
 * @throws when it is missing: a function deployed wrongly must not run.
 */
export const readLineRotations = (json: string | undefined): LineRotations => parseLineRotations(json ?? '');
