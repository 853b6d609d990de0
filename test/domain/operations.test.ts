import { operations } from '../../domain/operations/index.ts';
import { operatorRoles } from '../../domain/operator-scope.ts';
import { documentedRoles } from '../builders/documented-roles.ts';

describe('The operations', () => {
  test('may be asked for by the roles that the documents say, and take two people where those say so', () => {
    const inCode = operations.map(({ name, roles, needsTwo }) => ({
      operation: name,
      needsTwo,
      roles: operatorRoles.filter((role) => roles.includes(role)),
    }));
    const byName = (one: { readonly operation: string }, other: { readonly operation: string }) =>
      one.operation < other.operation ? -1 : 1;
    expect(inCode.toSorted(byName)).toEqual([...documentedRoles].toSorted(byName));
  });

  test('take two people only where at least two roles may, and only for changes', () => {
    for (const { roles, isChange } of operations.filter(({ needsTwo }) => needsTwo)) {
      expect(roles.length).toBeGreaterThan(1);
      expect(isChange).toBe(true);
    }
  });

  test('change nothing for support and for auditors', () => {
    const changed = operations.filter(({ isChange, roles }) => isChange && roles.some((role) => role === 'support' || role === 'auditor'));
    expect(changed.map(({ name }) => name)).toEqual([]);
  });
});
