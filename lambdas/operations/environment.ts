import * as z from 'zod/mini';

/** The variables that the function is deployed with; construct and handler share these names. `THING_ARN` ends where a thing's name begins. */
const schema = z.object({ TABLE_NAME: z.string(), AUDIT_LOG_GROUP_NAME: z.string(), ALARM_TOPIC_ARN: z.string(), THING_ARN: z.string() });

export type OperationsEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);
