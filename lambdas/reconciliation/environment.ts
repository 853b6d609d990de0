import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({ TABLE_NAME: z.string(), AUDIT_LOG_GROUP_NAME: z.string(), PREFIX: z.string() });

export type ReconciliationEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/** The names of the lines, as the bundler writes them into the code. @throws when they are missing. */
export const parseLineNames = (json: string | undefined) => z.parse(z.array(lineName), JSON.parse(json ?? ''));
