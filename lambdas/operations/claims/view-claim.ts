import type { ClaimEntry, ClaimRefusals } from '../../../domain/claim/claim-ports.ts';
import { counterOf, standingOf } from '../../../domain/claim/claim-standing.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { ClaimView } from '../../../domain/operations/claim-view.ts';

/** A claim as it is shown, from all of its certificates; `undefined` when there are none. */
export const viewClaim = (
  { name, line }: Pick<ClaimEntry, 'name' | 'line'>,
  claims: readonly Claim[],
  { at, refusals }: { readonly at: number; readonly refusals?: ClaimRefusals | undefined },
): ClaimView | undefined => {
  const counter = counterOf(claims);
  if (counter === undefined) return undefined;
  return {
    name,
    line,
    state: standingOf(claims, at),
    quota: counter.quota,
    admitted: counter.admitted,
    expiresAt: Math.max(...claims.map(({ expiresAt }) => expiresAt)),
    certificates: claims.map(viewCertificate),
    ...pick(counter, ['lastAdmittedAt', 'contact', 'range', 'manifest', 'technician']),
    ...(refusals === undefined ? {} : { refusals }),
  };
};

const viewCertificate = ({ certificateId, state, opensAt, expiresAt, lastEvent }: Claim): ClaimView['certificates'][number] => ({
  certificateId,
  state,
  opensAt,
  expiresAt,
  ...(state === 'closed' && lastEvent !== undefined ? { closedAt: lastEvent.at, closedBy: whoIs(lastEvent.actor) } : {}),
});

const whoIs = (actor: NonNullable<Claim['lastEvent']>['actor']): string => {
  switch (actor.kind) {
    case 'operator':
      return actor.arn;
    case 'service':
      return actor.name;
    case 'device':
      return 'device';
  }
};

const pick = <From extends object, Key extends keyof From>(from: From, keys: readonly Key[]): Partial<Pick<From, Key>> => {
  const picked: Partial<Pick<From, Key>> = {};
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key];
  return picked;
};
