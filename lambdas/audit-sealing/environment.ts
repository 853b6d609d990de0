import * as z from 'zod/mini';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({
  STAGING_BUCKET_NAME: z.string(),
  ARCHIVE_BUCKET_NAME: z.string(),
  SIGNING_KEY_ARN: z.string(),
  SEAL_MINUTES: z.pipe(z.string().check(z.regex(/^\d+$/)), z.transform(Number)),
  PREFIX: z.string(),
  /** Where seals are copied to as well. */
  PUBLISH_BUCKET_NAME: z.optional(z.string()),
});

type Name = keyof z.infer<typeof schema>;

export type AuditSealingEnvironment = Readonly<Record<Exclude<Name, 'PUBLISH_BUCKET_NAME'>, string> & { PUBLISH_BUCKET_NAME?: string }>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);
