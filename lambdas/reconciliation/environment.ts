import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';
import { parseLineRotations } from '../../domain/rotation/rotation-settings.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({ TABLE_NAME: z.string(), AUDIT_LOG_GROUP_NAME: z.string(), PREFIX: z.string() });

export type ReconciliationEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/** What the bundler writes into the code. @throws when it is missing. */
export const parseLines = (constants: Readonly<Record<'lineNames' | 'lineRotations', string | undefined>>) => ({
  lines: z.parse(z.array(lineName), JSON.parse(constants.lineNames ?? '')),
  rotations: parseLineRotations(constants.lineRotations ?? ''),
});
