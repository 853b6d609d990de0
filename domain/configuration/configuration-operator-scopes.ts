import type { Configuration } from './configuration-schema.ts';
import { type OperatorScope, operatorRoles } from '../operator-scope.ts';

/** Everyone who may run this deployment: the five roles, which reach everything, then the narrower scopes. */
export const operatorScopesOf = ({ operators }: Configuration): readonly OperatorScope[] => [
  ...operatorRoles.map((role) => ({ name: role, role })),
  ...operators.factory.map(({ name, lines }) => ({ name, role: 'factory', lines }) as const),
  ...operators.support.map(({ name, tenants }) => ({ name, role: 'support', tenants }) as const),
];
