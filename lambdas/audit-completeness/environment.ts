import * as z from 'zod/mini';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({
  STAGING_BUCKET_NAME: z.string(),
  PREFIX: z.string(),
  /** The pre-provisioning hook, where there is one. */
  HOOK_NAME: z.optional(z.string()),
});

type Name = keyof z.infer<typeof schema>;

export type AuditCompletenessEnvironment = Readonly<Record<Exclude<Name, 'HOOK_NAME'>, string> & { HOOK_NAME?: string }>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);
