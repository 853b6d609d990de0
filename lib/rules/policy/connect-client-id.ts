import { type Mistake, ruleFor } from '../rule.ts';
import { allowancesOf, namedBy, POLICY_TYPE, THING } from './statements.ts';

// A literal that ends in a dash or colon, so that no other prefix can begin with it, then anything.
const RESERVED_PREFIX = /^[A-Za-z0-9][A-Za-z0-9_-]*[-:]\*$/;

/** Whoever may connect does so as its own thing, or under a prefix reserved for its kind. */
export const connectClientId = ruleFor(
  POLICY_TYPE,
  { name: 'connect-without-client-id', why: 'A device that may choose its client id can speak as another, or throw it off the broker.' },
  (policy) =>
    allowancesOf(policy)
      .filter(({ actions }) => actions.includes('iot:Connect'))
      .flatMap(({ resources }) => resources.flatMap(mistakeIn)),
);

const mistakeIn = (arn: string): readonly Mistake[] => {
  const named = namedBy(arn);
  if (named?.kind === 'client' && (named.name === THING || RESERVED_PREFIX.test(named.name))) return [];
  return [
    {
      got: `"${arn}" for iot:Connect`,
      allowed: `client/${THING}, or client/<literal prefix ending in a dash or colon>*`,
      fix: 'bind the client id to the thing, or reserve a prefix',
    },
  ];
};
