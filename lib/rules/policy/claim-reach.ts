import { type Mistake, ruleFor } from '../rule.ts';
import { allowancesOf, namedBy, POLICY_TYPE, type Statement } from './statements.ts';

const CREATE = '\\$aws/certificates/create-from-csr/json';
const REGISTER = '\\$aws/provisioning-templates/[0-9A-Za-z_-]{1,36}/provision/json';
const request = new RegExp(`^(${CREATE}|${REGISTER})$`);
const reply = new RegExp(`^(${CREATE}|${REGISTER})/(accepted|rejected)$`);

// DG:provision-wo-cert and DG:fleet-provision-api: what the CSR flow needs, and nothing that hands out a key.
const needed: ReadonlyMap<string, { readonly kind: string; readonly name: RegExp }> = new Map([
  ['iot:Connect', { kind: 'client', name: /^[^*?$]+-\*$/ }],
  ['iot:Publish', { kind: 'topic', name: request }],
  ['iot:Receive', { kind: 'topic', name: reply }],
  ['iot:Subscribe', { kind: 'topicfilter', name: reply }],
]);

const isOnboarding = (arn: string): boolean => /\$aws\/(certificates|provisioning-templates)\//.test(arn);

/** A policy that may start onboarding is a claim's, whatever its name, and may do nothing else. */
export const claimReach = ruleFor(
  POLICY_TYPE,
  { name: 'claim-beyond-onboarding', why: 'A claim is known to a factory: whoever has it must get no further than the hook.' },
  (policy) => {
    const allowances = allowancesOf(policy);
    return allowances.some(({ resources }) => resources.some(isOnboarding)) ? allowances.flatMap(mistakesIn) : [];
  },
);

const mistakesIn = ({ actions, resources }: Statement): readonly Mistake[] =>
  actions.flatMap((action) =>
    resources
      .filter((arn) => !isNeeded(action, arn))
      .map((arn) => ({
        got: `${action} on "${arn}" in the policy of a claim`,
        allowed: 'connecting under its own prefix, and the two exchanges of the CSR flow, topic by topic',
        fix: 'remove it; what a device needs later stands in the policy of its line',
      })),
  );

const isNeeded = (action: string, arn: string): boolean => {
  const { kind, name = '' } = namedBy(arn) ?? {};
  const need = needed.get(action);
  return need !== undefined && kind === need.kind && need.name.test(name);
};
