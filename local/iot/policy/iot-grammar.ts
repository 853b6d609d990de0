import { matchesWildcards } from '../../policy/match-pattern.ts';
import type { PolicyGrammar } from '../../policy/policy-grammar.ts';
import { iotActions } from './iot-actions.ts';
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
  // Assumed case-sensitive: an action in another case is refused here rather than silently never matched.
  isAction: (text) => iotActions.some((action) => matchesWildcards(text, action)),
  isResource: (text) => text === '*' || arnPattern.test(text),
  isVariable: isIotVariable,
  // DG:cert-policy-variables: values with one of these are not substituted.
  isSubstitutable: (value) => !/[*$+?#]/u.test(value),
  isConditionKey: isIotConditionKey,
};
