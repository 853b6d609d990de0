import { matchesWildcards } from '../../policy/match-pattern.ts';
import type { PolicyGrammar } from '../../policy/policy-grammar.ts';
import { iotActions } from './iot-actions.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { isIotConditionKey, isIotVariable } from './variable-names.ts';

// arn:<partition>:iot:<region>:<account>:<resource>; each part may hold wildcards.
const arnPattern = /^arn:[a-z*?-]+:(iot|\*):[a-z0-9*?-]*:[0-9*?]*:.+$/s;

/** What AWS IoT policies may say (DG:iot-policies, General Reference: AWS IoT Core quotas). */
export const iotGrammar: PolicyGrammar = {
  maxCharacters: 2048,
  // DG:iot-policies: "It must be set to 2012-10-17".
  versions: ['2012-10-17'],
  elements: ['Resource', 'NotResource'],
  hasUniqueSids: false,
  anyoneIncludesServices: false,
  ignoresActionCase: false,
  isSid: () => true,
  isAction: (text) => iotActions.some((action) => matchesWildcards(text, action)),
  isResource: (text) => text === '*' || arnPattern.test(text),
  isVariable: isIotVariable,
  // DG:cert-policy-variables: values with one of these are not substituted.
  isSubstitutable: (value) => !/[*$+?#]/u.test(value),
  isConditionKey: isIotConditionKey,
};

/** What AWS does not publish about its policies. */
export type PolicyBehaviour = Pick<IotBehaviour, Extract<keyof IotBehaviour, `policy.${string}`>>;

// What the guide shows with AWS IoT; the rest is IAM's.
const shownOperator = /^(String|Arn|IpAddress|NotIpAddress|Bool)/;

/** The grammar, as far as it depends on what AWS does not publish. */
export const iotGrammarBy = (behaviour: PolicyBehaviour): PolicyGrammar => {
  const isCaseIgnored = !behaviour['policy.case-of-actions-matters'];
  const has = (text: string): boolean => iotActions.some((action) => matchesWildcards(text.toLowerCase(), action.toLowerCase()));
  return {
    ...iotGrammar,
    ignoresActionCase: isCaseIgnored,
    ...(isCaseIgnored ? { isAction: has } : {}),
    isOperator: (name, isOptional) => behaviour['policy.takes-operators-of-iam'] || (shownOperator.test(name) && !isOptional),
  };
};
