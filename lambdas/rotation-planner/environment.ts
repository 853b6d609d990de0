import * as z from 'zod/mini';
import { parseLineRotations } from '../../domain/rotation/rotation-settings.ts';

/** The variables that the function is deployed with; construct and handler share these names. `THING_ARN` ends where a thing's name begins. */
const schema = z.object({ TABLE_NAME: z.string(), PREFIX: z.string(), THING_ARN: z.string() });

export type RotationPlannerEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(schema, variables);

/** How each line rotates, as the bundler writes it into the code. @throws when it is missing. */
export const parseRotations = (json: string | undefined) => parseLineRotations(json ?? '');
