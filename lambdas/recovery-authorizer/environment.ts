import * as z from 'zod/mini';
import { type LineName, lineName } from '../../domain/identifiers.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({
  TABLE_NAME: z.string(),
  PREFIX: z.string(),
  PARTITION: z.string(),
  ACCOUNT: z.string(),
  REFUSAL_FLOOR_MS: z.coerce.number(),
});

export type RecoveryAuthorizerEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

// Lambda sets it.
const withRegion = z.extend(schema, { AWS_REGION: z.string() });

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(withRegion, variables);

/**
 * The lines whose devices may come back by a ticket, which the bundler writes in place of the variable `RECOVERY_LINES`.
 * @throws when they are missing: a function deployed wrongly must not run.
 */
export const readRecoveryLines = (json: string | undefined): readonly LineName[] => z.parse(z.array(lineName), JSON.parse(json ?? 'null'));
