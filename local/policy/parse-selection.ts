import type { JsonObject } from '../json-object.ts';
import { readEitherForm, readStrings } from './json-reader.ts';
import { MalformedPolicy } from './malformed-policy.ts';
import type { PolicyFault } from './malformed-policy.ts';
import { parsePattern, UnclosedVariable, variablesOf } from './parse-pattern.ts';
import type { Pattern } from './parse-pattern.ts';
import type { Selection } from './policy-document.ts';
import type { Place } from './policy-grammar.ts';

/** Parses a pattern and refuses variables that the grammar does not know. */
export function readPattern(
  text: string,
  { where, grammar, hasVariables }: Place,
  { wildcards }: { readonly wildcards: boolean },
): Pattern {
  try {
    const pattern = parsePattern(text, { wildcards, variables: hasVariables, isSubstitutable: grammar.isSubstitutable });
    const stranger = variablesOf(pattern).find((name) => !grammar.isVariable(name));
    if (stranger !== undefined) throw new MalformedPolicy(where, `"\${${stranger}}" is not a policy variable`);
    return pattern;
  } catch (error) {
    if (error instanceof UnclosedVariable) throw new MalformedPolicy(where, error.message);
    throw error;
  }
}

/** Reads `Action` or `NotAction`, exactly one of which must be there. */
export function parseActions(statement: JsonObject, { where: at, ...rest }: Place): Selection {
  const { member, isNegated } = readEitherForm(statement, 'Action', at);
  const where = `${at}.${member}`;
  const ignoresCase = rest.grammar.ignoresActionCase;
  const patterns = readStrings(statement[member], where).map((text) => {
    if (rest.grammar.isAction(text)) {
      return { ...readPattern(ignoresCase ? text.toLowerCase() : text, { where, ...rest }, { wildcards: true }), text };
    }
    throw new MalformedPolicy(where, `"${text}" is not an action that may be named here, nor a wildcard that covers one`, {
      kind: 'action',
    });
  });
  return { isNegated, ignoresCase, patterns };
}

/** Reads `Resource` or `NotResource`, exactly one of which must be there if the grammar knows any. */
export function parseResources(statement: JsonObject, { where: at, ...rest }: Place): Selection | undefined {
  if (!rest.grammar.elements.includes('Resource')) return undefined;
  const { member, isNegated } = readEitherForm(statement, 'Resource', at);
  const where = `${at}.${member}`;
  const patterns = readStrings(statement[member], where).map((text) => {
    const fault: PolicyFault = { kind: 'resource', text };
    if (!rest.grammar.isResource(text)) throw new MalformedPolicy(where, `"${text}" is not "*" or an ARN that may be named here`, fault);
    return readPattern(text, { where, ...rest }, { wildcards: true });
  });
  return { isNegated, ignoresCase: false, patterns };
}
