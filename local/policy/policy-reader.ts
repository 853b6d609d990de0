import { rememberingReader } from '../remembering-reader.ts';
import { parsePolicyDocument } from './parse-policy.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { PolicyGrammar } from './policy-grammar.ts';

/** Reads policies that were checked when they were stored. */
export const policyReader = (grammar: PolicyGrammar): ((text: string) => PolicyDocument) =>
  rememberingReader((text) => parsePolicyDocument(text, grammar));
