import { iotGrammar } from './iot-grammar.ts';
import { readObject } from './json-reader.ts';
import { parseConditions } from './parse-conditions.ts';
import { parseActions, parseResources } from './parse-selection.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { malformedPolicy } from './policy-grammar.ts';
import type { PolicyGrammar } from './policy-grammar.ts';

const statementMembers = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function parseStatement(value: unknown, where: string, grammar: PolicyGrammar): PolicyStatement {
  const statement = readObject(value, where, statementMembers);
  const { Sid: sid, Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw malformedPolicy(`${where}.Effect`, 'must be exactly "Allow" or "Deny"');
  if (sid !== undefined && typeof sid !== 'string') throw malformedPolicy(`${where}.Sid`, 'must be a string');
  return {
    sid,
    effect,
    actions: parseActions(statement, where, grammar),
    resources: parseResources(statement, where, grammar),
    conditions: parseConditions(statement['Condition'], `${where}.Condition`, grammar),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy('the document', 'it is not JSON');
  }
}

function checkLength(text: string, { maxCharacters }: PolicyGrammar): void {
  const characters = text.replace(/\s/gu, '').length;
  if (characters > maxCharacters) {
    throw malformedPolicy('the document', `it has ${characters} characters without white space; at most ${maxCharacters} are allowed`);
  }
}

/**
 * Reads a policy's JSON text, strictly: what AWS IoT would refuse to store is refused here.
 * @param grammar what the service allows; AWS IoT's unless given
 * @throws AwsError `MalformedPolicyException` saying what is wrong and where
 */
export function parsePolicyDocument(text: string, grammar: PolicyGrammar = iotGrammar): PolicyDocument {
  // Length first, so that the parser never sees more than a policy may have. The code for a document that is too long is assumed.
  checkLength(text, grammar);
  const document = readObject(parseJson(text), 'the document', ['Version', 'Statement']);
  // DG:iot-policies: "It must be set to 2012-10-17".
  if (document['Version'] !== '2012-10-17') throw malformedPolicy('Version', 'must be "2012-10-17"');
  const value = document['Statement'];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (value === undefined || list.length === 0) throw malformedPolicy('Statement', 'at least one statement is needed');
  const statements = list.map((item, index) => parseStatement(item, Array.isArray(value) ? `Statement[${index}]` : 'Statement', grammar));
  return { statements };
}
