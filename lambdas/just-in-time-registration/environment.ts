import * as z from 'zod/mini';
import { type LineSettings, parseLineSettings } from '../../domain/line-settings.ts';

/** The variables that the function is deployed with; construct and handler share these names. */
const schema = z.object({ TABLE_NAME: z.string(), PREFIX: z.string(), TOPIC_PREFIX: z.string() });

export type JustInTimeRegistrationEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/**
 * The settings of all lines, which the bundler writes in place of the variable: they may outgrow what Lambda gives to variables.
 * @throws when they are missing: a function deployed wrongly must not run.
 */
export const readLineSettings = (json: string | undefined): readonly LineSettings[] => parseLineSettings(json ?? '');
