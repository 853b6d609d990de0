import * as z from 'zod/mini';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({
  TABLE_NAME: z.string(),
  PREFIX: z.string(),
  /** Whether Device Defender audits the account by our configuration. */
  IS_AUDITED: z.enum(['true', 'false']),
});

export type ClaimSweepEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);
