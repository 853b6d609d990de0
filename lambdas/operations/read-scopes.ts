import * as z from 'zod/mini';
import { lineName, tenantName } from '../../domain/identifiers.ts';
import { type OperatorScope, operatorRoles } from '../../domain/operator-scope.ts';

const scopes = z.array(
  z.strictObject({
    name: z.string(),
    role: z.enum(operatorRoles),
    lines: z.optional(z.array(lineName)),
    tenants: z.optional(z.array(tenantName)),
  }),
);

/**
 * The scopes that the function was built with: a constant of its code, because a version's code cannot be changed.
 * @throws when there are none: a function built wrongly must not run.
 */
export const readScopes = (json: string | undefined): readonly OperatorScope[] => z.parse(scopes, JSON.parse(json ?? 'null'));
