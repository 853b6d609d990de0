import type { NamedPrincipal, PrincipalSelection } from './policy-document.ts';

/** Who asks: an AWS service under its own name (`sns.amazonaws.com`), or an identity of an account. */
export type Principal = { readonly service: string } | { readonly arn: string; readonly accountId: string };

/** The role behind a session, because a policy that names the role means its sessions, too. */
const roleOfSession = (arn: string): string => arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

function isNamedBy(named: NamedPrincipal, principal: Principal): boolean {
  if (named.kind === 'Anyone') return true;
  if ('service' in principal) return named.kind === 'Service' && named.value === principal.service;
  const { arn, accountId } = principal;
  return named.kind === 'AWS' && ['*', accountId, `arn:aws:iam::${accountId}:root`, arn, roleOfSession(arn)].includes(named.value);
}

/** Whether `Principal` or `NotPrincipal` means that principal. */
export const includesPrincipal = ({ isNegated, principals }: PrincipalSelection, principal: Principal): boolean =>
  principals.some((named) => isNamedBy(named, principal)) !== isNegated;
