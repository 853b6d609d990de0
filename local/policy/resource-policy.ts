import { applies } from './evaluate.ts';
import type { PolicyRequest } from './evaluate.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import type { IdentityPrincipal } from './principals.ts';
import { grantTo, type Grant } from './principals.ts';

export interface ResourcePolicyVerdict {
  readonly isDenied: boolean;
  /** The strongest grant of all statements that allow; `none` when none does. */
  readonly grant: Grant;
}

const strength: readonly Grant[] = ['none', 'account', 'principal', 'itself'];

const strongest = (grants: readonly Grant[]): Grant =>
  grants.reduce((best, grant) => (strength.indexOf(grant) > strength.indexOf(best) ? grant : best), 'none');

const grantOf = ({ principals }: PolicyStatement, principal: IdentityPrincipal): Grant =>
  principals === undefined ? 'principal' : grantTo(principals, principal);

/** What the policies of a resource say of an identity's request, and how directly they name it. */
export function evaluateResourcePolicy(
  documents: readonly PolicyDocument[],
  request: PolicyRequest & { readonly principal: IdentityPrincipal },
): ResourcePolicyVerdict {
  const matching = documents.flatMap(({ statements }) => statements.filter((statement) => applies(statement, request)));
  const allows = matching.filter(({ effect }) => effect === 'Allow');
  return {
    isDenied: allows.length < matching.length,
    grant: strongest(allows.map((statement) => grantOf(statement, request.principal))),
  };
}
