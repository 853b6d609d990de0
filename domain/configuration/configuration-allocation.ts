import * as z from 'zod/mini';
import type { ConfigurationMistake } from './configuration-error.ts';
import { tenantName } from '../identifiers.ts';

/** The longest configuration that one rule may give a device, in characters of JSON: it travels in every answer to one. */
const MAX_CONFIGURATION_LENGTH = 1024;

const attributeName = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/));
const attributeValues = z.array(z.string().check(z.maxLength(256))).check(z.minLength(1), z.maxLength(32));

const settingName = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/));
const setting = z.union(
  [z.string().check(z.maxLength(256)), z.number(), z.boolean()],
  'text of at most 256 characters, a number, true or false',
);

/** One rule of a line's allocation, as a configuration says it; `AllocationRule` tells what it means. */
export const allocationRule = z.strictObject({
  when: z._default(z.record(attributeName, attributeValues), {}),
  tenant: z.optional(tenantName),
  group: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,32}$/))),
  configuration: z.optional(z.record(settingName, setting)),
});

type Rule = z.infer<typeof allocationRule>;

/** Rules that choose nothing or are never reached, tenants that do not exist, and more configuration than fits. */
export const allocationMistakes = (
  rules: readonly Rule[],
  tenants: readonly { readonly name: string }[],
  where: string,
): readonly ConfigurationMistake[] =>
  rules.flatMap((rule, index) => [
    ...choosesNothing(rule, `${where}.${index}`),
    ...hidesOthers(rule, rules.length - index - 1, `${where}.${index}.when`),
    ...unknownTenant(rule, tenants, `${where}.${index}.tenant`),
    ...longConfiguration(rule, `${where}.${index}.configuration`),
  ]);

const choosesNothing = ({ tenant, group, configuration }: Rule, where: string): readonly ConfigurationMistake[] =>
  tenant === undefined && group === undefined && configuration === undefined
    ? [{ where, got: 'a rule that chooses nothing', allowed: 'tenant, group or configuration beside when', fix: 'add one, or remove it' }]
    : [];

const hidesOthers = ({ when }: Rule, followers: number, where: string): readonly ConfigurationMistake[] =>
  followers > 0 && Object.keys(when).length === 0
    ? [
        {
          where,
          got: `a rule for every device with ${followers} behind it, which no device ever reaches`,
          allowed: 'such a rule at the end only, because the first rule that fits decides',
          fix: 'move it to the end',
        },
      ]
    : [];

const unknownTenant = ({ tenant }: Rule, tenants: readonly { readonly name: string }[], where: string): readonly ConfigurationMistake[] =>
  tenant === undefined || tenants.some(({ name }) => name === tenant)
    ? []
    : [{ where, got: `"${tenant}"`, allowed: tenants.map(({ name }) => name).join(', '), fix: 'name a tenant of this configuration' }];

const longConfiguration = ({ configuration = {} }: Rule, where: string): readonly ConfigurationMistake[] => {
  const { length } = JSON.stringify(configuration);
  return length <= MAX_CONFIGURATION_LENGTH
    ? []
    : [
        {
          where,
          got: `${length} characters of JSON`,
          allowed: `${MAX_CONFIGURATION_LENGTH}, because it travels in every answer to a device`,
          fix: 'give the device the address of what is long',
        },
      ];
};
