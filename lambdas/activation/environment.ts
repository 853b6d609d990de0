import * as z from 'zod/mini';
import { parseClientIdLines } from '../../domain/client-id.ts';
import { parseLineSettings } from '../../domain/line-settings.ts';
import { parseLineRotations } from '../../domain/rotation/rotation-settings.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({ TABLE_NAME: z.string(), PREFIX: z.string(), TOPIC_PREFIX: z.string() });

export type ActivationEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/** What the bundler writes into the code. @throws when it is missing. */
export const parseLines = (constants: Readonly<Record<'lineSettings' | 'clientIdLines' | 'lineRotations', string | undefined>>) => ({
  lineSettings: parseLineSettings(constants.lineSettings ?? ''),
  clientIdLines: parseClientIdLines(constants.clientIdLines ?? ''),
  rotations: parseLineRotations(constants.lineRotations ?? ''),
});
