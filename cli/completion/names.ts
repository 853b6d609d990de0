import { operatorScopesOf } from '../../domain/configuration/configuration-operator-scopes.ts';
import type { Configuration } from '../../domain/configuration.ts';

/** The names that a configuration gives, by the option that takes one. */
export type KnownNames = ReadonlyMap<string, readonly string[]>;

export const namesIn = (configuration: Configuration): KnownNames =>
  new Map([
    ['line', configuration.lines.map(({ name }) => name)],
    ['tenant', configuration.tenants.map(({ name }) => name)],
    ['as', operatorScopesOf(configuration).map(({ name }) => name)],
  ]);
