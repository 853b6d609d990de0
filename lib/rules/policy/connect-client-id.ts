import { ASSIGNED_CLIENT_ID_PREFIX } from '../../../domain/client-id.ts';
import type { Configuration } from '../../../domain/configuration.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { type Mistake, type Rule, ruleFor } from '../rule.ts';
import { allowancesOf, namedBy, POLICY_TYPE, policyNameOf, THING } from './statements.ts';

// A literal that ends in a dash or colon, so that no other prefix can begin with it, then anything.
const RESERVED_PREFIX = /^[A-Za-z0-9][A-Za-z0-9_-]*[-:]\*$/;

const ASSIGNED = `${ASSIGNED_CLIENT_ID_PREFIX}*`;

/**
 * Whoever may connect does so as its own thing, or under a prefix reserved for its kind; or, on a line that says so, under an id
 * that AWS IoT assigns.
 */
export const connectClientId = (configuration: Configuration): Rule => {
  const withAssigned = policiesWithAssignedIds(configuration);
  return ruleFor(
    POLICY_TYPE,
    { name: 'connect-without-client-id', why: 'A device that may choose its client id can speak as another, or throw it off the broker.' },
    (policy) => {
      const mayBeAssigned = withAssigned.has(policyNameOf(policy));
      return allowancesOf(policy)
        .filter(({ actions }) => actions.includes('iot:Connect'))
        .flatMap(({ resources }) => resources.flatMap((arn) => mistakeIn(arn, mayBeAssigned)));
    },
  );
};

const policiesWithAssignedIds = ({ prefix, lines }: Configuration): ReadonlySet<string> =>
  new Set(lines.filter(({ clientIds }) => clientIds.assigned).map(({ name }) => resourceNames(prefix).devicePolicy(name)));

const mistakeIn = (arn: string, mayBeAssigned: boolean): readonly Mistake[] => {
  const named = namedBy(arn);
  if (named?.kind === 'client' && (named.name === THING || RESERVED_PREFIX.test(named.name))) return [];
  if (mayBeAssigned && named?.kind === 'client' && named.name === ASSIGNED) return [];
  return [
    {
      got: `"${arn}" for iot:Connect`,
      allowed: `client/${THING}, or client/<literal prefix ending in a dash or colon>*${mayBeAssigned ? `, or client/${ASSIGNED}` : ''}`,
      fix: 'bind the client id to the thing, or reserve a prefix',
    },
  ];
};
