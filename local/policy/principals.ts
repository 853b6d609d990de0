import type { NamedPrincipal, PrincipalSelection } from './policy-document.ts';

/** An identity of an account: a user, a role's session or the account's root. */
export interface IdentityPrincipal {
  readonly arn: string;
  readonly accountId: string;
  /** The role of a session; without it, a role without a path is taken from the session's ARN, which does not tell the path. */
  readonly roleArn?: string;
}

/** Who asks: an AWS service under its own name (`sns.amazonaws.com`), or an identity of an account. */
export type Principal = { readonly service: string } | IdentityPrincipal;

/**
 * How directly a policy names an identity: not at all; its account, which leaves it to the account's own policies; it
 * among others or by its role; or itself, the user or the session (IAM User Guide, "Policy evaluation for requests
 * within a single account").
 */
export type Grant = 'none' | 'account' | 'principal' | 'itself';

/** The role behind a session, because a policy that names the role means its sessions, too. */
const roleOfSession = ({ arn, roleArn }: IdentityPrincipal): string =>
  roleArn ?? arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

function grantByName(named: NamedPrincipal, principal: IdentityPrincipal): Grant {
  if (named.kind === 'Anyone') return 'principal';
  if (named.kind !== 'AWS') return 'none';
  if (named.value === principal.arn) return 'itself';
  if (named.value === '*' || named.value === roleOfSession(principal)) return 'principal';
  return named.value === principal.accountId || named.value === `arn:aws:iam::${principal.accountId}:root` ? 'account' : 'none';
}

function isNamedBy(named: NamedPrincipal, principal: Principal): boolean {
  if (!('service' in principal)) return grantByName(named, principal) !== 'none';
  return named.kind === 'Anyone' || (named.kind === 'Service' && named.value === principal.service);
}

/** Whether `Principal` or `NotPrincipal` means that principal. */
export const includesPrincipal = ({ isNegated, principals }: PrincipalSelection, principal: Principal): boolean =>
  principals.some((named) => isNamedBy(named, principal)) !== isNegated;

/** How directly an allowing statement with these principals names an identity. */
export function grantTo({ isNegated, principals }: PrincipalSelection, principal: IdentityPrincipal): Grant {
  const grants = principals.map((named) => grantByName(named, principal));
  if (isNegated) return grants.every((grant) => grant === 'none') ? 'principal' : 'none';
  return (['itself', 'principal', 'account'] as const).find((grant) => grants.includes(grant)) ?? 'none';
}
