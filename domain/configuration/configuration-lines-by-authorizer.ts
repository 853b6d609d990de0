import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration, LineConfiguration } from './configuration-schema.ts';

/** The lines whose devices come by an approach's authorizer. */
export const linesByAuthorizer = ({ lines }: Pick<Configuration, 'lines'>, approach: string): readonly LineConfiguration[] =>
  lines.filter((line) => line.approaches.includes(approach));

/** What cannot be of these lines, where the approach's settings name some of them. */
export const mistakesOfLines = (
  approach: string,
  users: readonly LineConfiguration[],
  named: readonly string[],
): readonly ConfigurationMistake[] => [
  ...named.filter((name) => !users.some((user) => user.name === name)).map((name) => stranger(approach, users, name)),
  ...users.filter(({ approval }) => approval !== 'none').map((line) => unapprovable(approach, line)),
];

const stranger = (approach: string, users: readonly LineConfiguration[], name: string): ConfigurationMistake => ({
  where: `approaches.${approach}.lines.${name}`,
  got: `settings of a line that does not use "${approach}"`,
  allowed: users.length === 0 ? 'none, since no line uses it' : users.map((user) => user.name).join(', '),
  fix: `name "${approach}" in the line's approaches, or remove the settings`,
});

// Approval is for a key that a device brings to be bound; here the enrollment says from the start what it must show.
const unapprovable = (approach: string, { name, approval }: LineConfiguration): ConfigurationMistake => ({
  where: `lines.${name}.approval`,
  got: `"${approval}" on a line that uses "${approach}"`,
  allowed: '"none": its devices bring no key that somebody could approve',
  fix: 'remove it; a device that is not enrolled, or was given nothing to prove itself with, cannot connect',
});
