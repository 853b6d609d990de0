import { type AuditCheck } from './audit-check.ts';
import { auditedPolicies, isAbout, namedIn, type Statement } from './policy-statements.ts';

const withEffect = (statements: readonly Statement[], effect: Statement['Effect'], action: string): readonly Statement[] =>
  statements.filter((statement) => statement.Effect === effect && isAbout(statement, action));

const hasMqttWildcardInDeny = (statements: readonly Statement[]): boolean =>
  statements
    .filter(({ Effect }) => Effect === 'Deny')
    .some((statement) => [...namedIn(statement, 'topic'), ...namedIn(statement, 'topicfilter')].some((name) => /[+#]/.test(name)));

/** What stands before a wildcard at the end; undefined for a text without one. */
const before = (name: string): string | undefined => (name.endsWith('*') ? name.slice(0, -1) : undefined);

const isWithin = (name: string, wider: string): boolean => {
  const literal = before(wider);
  return name === wider || (literal !== undefined && name.startsWith(literal));
};

/** A filter is denied, but one that covers it is not, and what comes by that may be received. */
const deniesInVain = (statements: readonly Statement[]): boolean => {
  const filters = (effect: Statement['Effect']) =>
    withEffect(statements, effect, 'iot:Subscribe').flatMap((one) => namedIn(one, 'topicfilter'));
  const topics = (effect: Statement['Effect']) => withEffect(statements, effect, 'iot:Receive').flatMap((one) => namedIn(one, 'topic'));
  return filters('Deny').some(
    (denied) =>
      filters('Allow').some((allowed) => allowed !== denied && before(allowed) !== undefined && isWithin(denied, allowed)) &&
      topics('Allow').some((allowed) => isWithin(denied, allowed)) &&
      !topics('Deny').some((forbidden) => isWithin(denied, forbidden)),
  );
};

/** The two combinations of the Device Defender developer guide, "AWS IoT policy potentially misconfigured". */
export const policyMisconfigured: AuditCheck = ({ registry }) => {
  const policies = auditedPolicies(registry);
  const found = policies.flatMap(({ resource, statements }) => [
    ...(hasMqttWildcardInDeny(statements)
      ? [
          {
            resource,
            reasonCode: 'POLICY_CONTAINS_MQTT_WILDCARDS_IN_DENY_STATEMENT',
            reason: 'Policy contains MQTT wildcards in a deny statement.',
          },
        ]
      : []),
    ...(deniesInVain(statements)
      ? [
          {
            resource,
            reasonCode: 'TOPIC_FILTERS_INTENDED_TO_DENY_ALLOWED_USING_WILDCARDS',
            reason: 'Topic filters that are denied are allowed by wildcards.',
          },
        ]
      : []),
  ]);
  return { total: policies.length, found };
};
