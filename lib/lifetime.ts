import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { ConfigurationError } from '../domain/configuration/configuration-error.ts';

/** The context key that gives up the protection of data: `cdk deploy -c muster:ephemeral=true`. */
export const EPHEMERAL_CONTEXT_KEY = 'muster:ephemeral';

/** What becomes of data when its stack goes. */
export interface Lifetime {
  readonly isEphemeral: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Data is kept unless the context says, in so many words, that this deployment is for a test or a demonstration.
 * @throws ConfigurationError for anything but true and false.
 */
export const lifetimeOf = (app: App): Lifetime => {
  const value: unknown = app.node.tryGetContext(EPHEMERAL_CONTEXT_KEY);
  const isEphemeral = value === true || value === 'true';
  if (!isEphemeral && value !== undefined && value !== false && value !== 'false') throw unknownValue(value);
  return { isEphemeral, removalPolicy: isEphemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN };
};

const unknownValue = (value: unknown): ConfigurationError =>
  new ConfigurationError([
    {
      where: `context ${EPHEMERAL_CONTEXT_KEY}`,
      got: JSON.stringify(value),
      allowed: 'true or false',
      fix: 'leave it out, so that data is kept, or set it to true for a deployment that may be deleted with all its records',
    },
  ]);
