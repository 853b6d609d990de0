import { ConfigurationError } from './configuration/configuration-error.ts';
import { parsePart } from './configuration/configuration-part.ts';
import { mistakesAcross } from './configuration/configuration-rules.ts';
import { type Configuration, configurationSchema } from './configuration/configuration-schema.ts';

export type { Configuration, LineConfiguration, TenantConfiguration } from './configuration/configuration-schema.ts';

/**
 * Checks a configuration and fills in its defaults; `{}` is a whole one.
 * @throws ConfigurationError naming each mistake: what, got, allowed, fix.
 */
export const parseConfiguration = (input: unknown, approachNames: readonly string[]): Configuration => {
  const configuration = parsePart(configurationSchema, input);
  const mistakes = mistakesAcross(configuration, approachNames);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return configuration;
};
