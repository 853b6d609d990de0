import type { PolicyGrammar } from './policy-grammar.ts';

// arn:<partition>:<service>:<region>:<account>:<resource>; variables and wildcards may stand anywhere, the five colons must be there.
const arnPattern = /^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/s;

/** What every policy of IAM's language may say (IAM User Guide, "Grammar of the IAM JSON policy language"). */
const iamLanguage = {
  versions: [undefined, '2008-10-17', '2012-10-17'],
  hasUniqueSids: true,
  ignoresActionCase: true,
  isAction: (text) => text === '*' || /^[\w-]+:[\w*?-]+$/.test(text),
  isResource: (text) => text === '*' || arnPattern.test(text),
  // Each service has variables and keys of its own, all behind a prefix: `aws:username`, `s3:ExistingObjectTag/<key>`.
  isVariable: (name) => /^[\w.-]+:[^,'{}$*?]+$/.test(name),
  // A value is literal text, so none can act as a wildcard.
  isSubstitutable: () => true,
  isConditionKey: (key) => /^[\w./-]+:.+$/s.test(key),
} as const satisfies Partial<PolicyGrammar>;

const alphanumeric = (text: string): boolean => /^[A-Za-z0-9]*$/.test(text);

/** Policies on users, roles and groups: what these may do. */
export const identityGrammar: PolicyGrammar = {
  ...iamLanguage,
  elements: ['Id', 'Resource', 'NotResource'],
  anyoneIncludesServices: false,
  isSid: alphanumeric,
};

/** The policy of a role that says who may assume it. */
export const trustGrammar: PolicyGrammar = {
  ...iamLanguage,
  elements: ['Id', 'Principal'],
  anyoneIncludesServices: false,
  isSid: alphanumeric,
};

/** Policies on queues, topics, keys, buckets, functions, …: who may do what with them. Their services let any text be a Sid. */
export const resourceGrammar: PolicyGrammar = {
  ...iamLanguage,
  elements: ['Id', 'Principal', 'NotPrincipal', 'Resource', 'NotResource'],
  anyoneIncludesServices: true,
  isSid: () => true,
};
