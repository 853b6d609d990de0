import * as z from 'zod/mini';
import type { ConfigurationMistake } from './configuration-error.ts';
import { lineName, tenantName } from '../identifiers.ts';
import { operatorRoles } from '../operator-scope.ts';

// It names an alias of a function and a managed policy, after the prefix.
const scopeName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,23}$/));

const factory = z.strictObject({ name: scopeName, lines: z.array(lineName).check(z.minLength(1), z.maxLength(32)) });
const support = z.strictObject({ name: scopeName, tenants: z.array(tenantName).check(z.minLength(1), z.maxLength(200)) });

/** Scopes that are narrower than the five roles: factories of some lines, support for some tenants. */
export const operators = z.strictObject({
  factory: z._default(z.array(factory).check(z.maxLength(16)), []),
  support: z._default(z.array(support).check(z.maxLength(16)), []),
});

interface Names {
  readonly lines: readonly { readonly name: string }[];
  readonly tenants: readonly { readonly name: string }[];
}

/** Scopes that share a name, or reach for lines and tenants that do not exist. */
export const operatorMistakes = (scopes: z.infer<typeof operators>, { lines, tenants }: Names): readonly ConfigurationMistake[] => [
  ...sharedNames(scopes),
  ...scopes.factory.flatMap((scope, index) => strangers(scope.lines, lines, `operators.factory.${index}.lines`)),
  ...scopes.support.flatMap((scope, index) => strangers(scope.tenants, tenants, `operators.support.${index}.tenants`)),
];

const sharedNames = ({ factory, support }: z.infer<typeof operators>): readonly ConfigurationMistake[] => {
  const named = [
    ...factory.map(({ name }, index) => ({ name, where: `operators.factory.${index}.name` })),
    ...support.map(({ name }, index) => ({ name, where: `operators.support.${index}.name` })),
  ];
  const taken = (name: string, before: number): boolean =>
    operatorRoles.some((role) => role === name) || named.slice(0, before).some((other) => other.name === name);
  return named
    .filter(({ name }, index) => taken(name, index))
    .map(({ name, where }) => ({
      where,
      got: `"${name}" again`,
      allowed: `each name once, and none of ${operatorRoles.join(', ')}, which reach everything`,
      fix: 'give it another name',
    }));
};

const strangers = (
  reached: readonly string[],
  known: readonly { readonly name: string }[],
  where: string,
): readonly ConfigurationMistake[] =>
  reached
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => !known.some((other) => other.name === name))
    .map(({ name, index }) => ({
      where: `${where}.${index}`,
      got: `"${name}"`,
      allowed: known.map((other) => other.name).join(', '),
      fix: 'name what this configuration has',
    }));
