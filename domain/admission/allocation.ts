import type { Enrollment } from '../enrollment.ts';
import type { TenantName } from '../identifiers.ts';
import type { AllocationRule } from '../line-settings.ts';

/** Where a device is put on its line, and what it is told beside its topics. */
export type Allocation = Pick<AllocationRule, 'group' | 'configuration'>;

/** What a line's rules choose for a device; nothing where no rule fits. */
export const allocate = (rules: readonly AllocationRule[], attributes: Enrollment['attributes']): Allocation => {
  const { group, configuration } = firstThatFits(rules, attributes) ?? {};
  return { group, configuration };
};

/** Whom a line's rules give a device to; `undefined` where none says. Asked when a device is enrolled, and never again. */
export const tenantOf = (rules: readonly AllocationRule[], attributes: Enrollment['attributes']): TenantName | undefined =>
  firstThatFits(rules, attributes)?.tenant;

const firstThatFits = (rules: readonly AllocationRule[], attributes: Enrollment['attributes'] = {}): AllocationRule | undefined =>
  rules.find(({ when }) =>
    Object.entries(when).every(([name, values]) => {
      // A manifest may name an attribute like a property that every object has.
      const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      return value !== undefined && values.includes(value);
    }),
  );
