import { readObject } from './json-reader.ts';
import { MalformedPolicy } from './malformed-policy.ts';
import { parseConditions } from './parse-conditions.ts';
import { parsePrincipals } from './parse-principals.ts';
import { parseActions, parseResources } from './parse-selection.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import type { Place, PolicyGrammar } from './policy-grammar.ts';

const statementMembers = ['Sid', 'Effect', 'Action', 'NotAction', 'Condition'];

function parseSid(sid: unknown, { where, grammar }: Place): string | undefined {
  if (sid === undefined) return undefined;
  if (typeof sid !== 'string') throw new MalformedPolicy(`${where}.Sid`, 'must be a string');
  if (!grammar.isSid(sid)) throw new MalformedPolicy(`${where}.Sid`, `"${sid}" has characters that may not be in a Sid`, { kind: 'sid' });
  return sid;
}

function parseStatement(value: unknown, place: Place): PolicyStatement {
  const { where, grammar } = place;
  const statement = readObject(value, where, [...statementMembers, ...grammar.elements.filter((element) => element !== 'Id')]);
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw new MalformedPolicy(`${where}.Effect`, 'must be exactly "Allow" or "Deny"');
  return {
    sid: parseSid(statement['Sid'], place),
    effect,
    principals: parsePrincipals(statement, place),
    actions: parseActions(statement, place),
    resources: parseResources(statement, place),
    conditions: parseConditions(statement['Condition'], { ...place, where: `${where}.Condition` }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedPolicy('the document', 'it is not JSON', { kind: 'json' });
  }
}

function checkLength(text: string, { maxCharacters = Infinity }: PolicyGrammar): void {
  const characters = text.replace(/\s/gu, '').length;
  if (characters > maxCharacters) {
    throw new MalformedPolicy('the document', `it has ${characters} characters without white space; at most ${maxCharacters} are allowed`, {
      kind: 'length',
    });
  }
}

function checkVersion(version: unknown, { versions }: PolicyGrammar): void {
  if (versions.some((allowed) => allowed === version)) return;
  throw new MalformedPolicy(
    'Version',
    `must be ${versions.map((allowed) => (allowed === undefined ? 'absent' : `"${allowed}"`)).join(' or ')}`,
  );
}

function checkUniqueSids(statements: readonly PolicyStatement[]): void {
  const sids = statements.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]));
  const twice = sids.find((sid, index) => sids.indexOf(sid) < index);
  if (twice !== undefined) throw new MalformedPolicy('Statement', `the Sid "${twice}" stands there twice`, { kind: 'duplicateSid' });
}

function parseDocument(text: string, grammar: PolicyGrammar): PolicyDocument {
  // Length first, so that the parser never sees more than a policy may have.
  checkLength(text, grammar);
  const hasId = grammar.elements.includes('Id');
  const document = readObject(parseJson(text), 'the document', ['Version', 'Statement', ...(hasId ? ['Id'] : [])]);
  checkVersion(document['Version'], grammar);
  if (document['Id'] !== undefined && typeof document['Id'] !== 'string') throw new MalformedPolicy('Id', 'must be a string');
  const value = document['Statement'];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (value === undefined || list.length === 0) throw new MalformedPolicy('Statement', 'at least one statement is needed');
  const hasVariables = document['Version'] === '2012-10-17';
  const statements = list.map((item, index) =>
    parseStatement(item, { where: Array.isArray(value) ? `Statement[${index}]` : 'Statement', grammar, hasVariables }),
  );
  if (grammar.hasUniqueSids) checkUniqueSids(statements);
  return { statements };
}

/**
 * Reads a policy's JSON text, strictly: what AWS would refuse to store is refused here.
 * @param grammar what a policy of that kind may say
 * @param refuse the service's own error for a text that is no such policy; without it, `MalformedPolicy` is thrown
 */
export function parsePolicyDocument(
  text: string,
  grammar: PolicyGrammar,
  refuse: (problem: MalformedPolicy) => Error = (problem) => problem,
): PolicyDocument {
  try {
    return parseDocument(text, grammar);
  } catch (error) {
    throw error instanceof MalformedPolicy ? refuse(error) : error;
  }
}
