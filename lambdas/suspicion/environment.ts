import * as z from 'zod/mini';

/** The variables that every watch is deployed with; construct and handlers share these names. */
const schema = z.object({ TABLE_NAME: z.string() });

export type SuspicionEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);
