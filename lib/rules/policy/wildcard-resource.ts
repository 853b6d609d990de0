import { type Mistake, ruleFor } from '../rule.ts';
import { allowancesOf, namedBy, POLICY_TYPE } from './statements.ts';

/** An allowance must name its account, its kind of resource, and the beginning of a name. */
export const wildcardResource = ruleFor(
  POLICY_TYPE,
  {
    name: 'wildcard-resource',
    why: 'A device whose certificate leaks can do to the whole fleet what its policy does not confine to the device.',
  },
  (policy) => allowancesOf(policy).flatMap(({ resources, raw }) => [...resources.flatMap(mistakeIn), ...everythingBut(raw['NotResource'])]),
);

const mistakeIn = (arn: string): readonly Mistake[] => {
  const named = namedBy(arn);
  const [head = ''] = arn.split('/', 1);
  if (named !== undefined && !/[*?]/.test(head) && !/^[*?#+]/.test(named.name)) return [];
  return [
    {
      got: `"${arn}" in an Allow`,
      allowed: 'an ARN of AWS IoT whose name begins with something other than a wildcard',
      fix: 'name the client, topic or topic filter from its root',
    },
  ];
};

const everythingBut = (notResource: unknown): readonly Mistake[] =>
  notResource === undefined
    ? []
    : [{ got: 'NotResource in an Allow, which allows everything else', allowed: 'Resource', fix: 'say what is allowed' }];
