import * as z from 'zod/mini';
import { type Configuration, configurationSchema } from '../../domain/configuration/configuration-schema.ts';

/**
 * The configuration that the function was built for: a constant of its code, so that scopes and lines are those of the version
 * that IAM let somebody call, and no variable changes them.
 * @throws when there is none: a function built wrongly must not run.
 */
export const readBuiltConfiguration = (json: string | undefined): Configuration => z.parse(configurationSchema, JSON.parse(json ?? 'null'));
