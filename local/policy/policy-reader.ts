import { parsePolicyDocument } from './parse-policy.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { PolicyGrammar } from './policy-grammar.ts';

/** Beyond that the oldest are read again. */
const maxRemembered = 1000;

/** Reads policies that were checked when they were stored; a text that was read before is not read again. */
export const policyReader = (grammar: PolicyGrammar): ((text: string) => PolicyDocument) => {
  const read = new Map<string, PolicyDocument>();
  return (text) => {
    const known = read.get(text);
    if (known !== undefined) return known;
    const document = parsePolicyDocument(text, grammar);
    for (const oldest of read.size < maxRemembered ? [] : [read.keys().next().value ?? '']) read.delete(oldest);
    read.set(text, document);
    return document;
  };
};
