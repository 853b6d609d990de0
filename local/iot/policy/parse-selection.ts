import { readStrings } from './json-reader.ts';
import type { JsonObject } from './json-reader.ts';
import { parsePattern, UnclosedVariable, variablesOf } from './parse-pattern.ts';
import type { Pattern } from './parse-pattern.ts';
import type { Selection } from './policy-document.ts';
import { malformedPolicy } from './policy-grammar.ts';
import type { PolicyGrammar } from './policy-grammar.ts';

/** Parses a pattern and refuses variables that the service does not know. */
export function readPattern(
  text: string,
  at: { readonly where: string; readonly grammar: PolicyGrammar; readonly wildcards: boolean },
): Pattern {
  try {
    const pattern = parsePattern(text, at);
    const stranger = variablesOf(pattern).find((name) => !at.grammar.isVariable(name));
    if (stranger !== undefined) throw malformedPolicy(at.where, `"\${${stranger}}" is not a policy variable`);
    return pattern;
  } catch (error) {
    if (error instanceof UnclosedVariable) throw malformedPolicy(at.where, error.message);
    throw error;
  }
}

interface Member {
  readonly name: 'Action' | 'Resource';
  readonly accepts: (text: string) => boolean;
  readonly expected: string;
}

/** Reads `<Member>` or `Not<Member>`, exactly one of which must be there. */
function parseSelection(statement: JsonObject, at: { readonly where: string; readonly grammar: PolicyGrammar }, member: Member): Selection {
  const negatedName = `Not${member.name}`;
  const isNegated = statement[negatedName] !== undefined;
  if (isNegated === (statement[member.name] !== undefined)) {
    throw malformedPolicy(at.where, `needs exactly one of ${member.name} and ${negatedName}`);
  }
  const name = isNegated ? negatedName : member.name;
  const where = `${at.where}.${name}`;
  const patterns = readStrings(statement[name], where).map((text) => {
    if (!member.accepts(text)) throw malformedPolicy(where, `"${text}" is not ${member.expected}`);
    return readPattern(text, { where, grammar: at.grammar, wildcards: true });
  });
  return { isNegated, patterns };
}

export const parseActions = (statement: JsonObject, where: string, grammar: PolicyGrammar): Selection =>
  parseSelection(
    statement,
    { where, grammar },
    { name: 'Action', accepts: (text) => grammar.isAction(text), expected: 'an action of this service, nor a wildcard that covers one' },
  );

export const parseResources = (statement: JsonObject, where: string, grammar: PolicyGrammar): Selection =>
  parseSelection(
    statement,
    { where, grammar },
    { name: 'Resource', accepts: (text) => grammar.isResource(text), expected: '"*" or an ARN of this service' },
  );
