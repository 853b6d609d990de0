import { entriesOf, isObject, type JsonObject, listOf } from '../json.ts';
import { type Mistake, ruleFor } from '../rule.ts';
import { POLICY_TYPE } from './statements.ts';

const DOCUMENT_KEYS = ['Version', 'Id', 'Statement'];
const STATEMENT_KEYS = ['Sid', 'Effect', 'Action', 'Resource', 'NotResource', 'Condition'];

/** DG:iot-policies, "AWS IoT policy document structure": IAM's grammar without principals. */
export const policyGrammar = ruleFor(
  POLICY_TYPE,
  { name: 'policy-grammar', why: 'AWS IoT refuses a policy document that does not follow its grammar (MalformedPolicyException).' },
  ({ properties }) => {
    const document = properties['PolicyDocument'];
    if (!isObject(document)) return [{ got: 'a policy document that is no object', allowed: 'a JSON object', fix: 'write it as one' }];
    return [
      ...unknownKeys('document', document, DOCUMENT_KEYS),
      ...wrongVersion(document),
      ...nameMistakes(properties),
      ...statementMistakes(document),
    ];
  },
);

const unknownKeys = (where: string, object: JsonObject, known: readonly string[]): readonly Mistake[] =>
  entriesOf(object)
    .filter(([key]) => !known.includes(key))
    .map(([key]) => ({ got: `"${key}" in a ${where}`, allowed: known.join(', '), fix: 'remove it' }));

const wrongVersion = ({ Version }: JsonObject): readonly Mistake[] =>
  Version === '2012-10-17' ? [] : [{ got: `version ${JSON.stringify(Version)}`, allowed: '"2012-10-17"', fix: 'set Version to that' }];

// SDK CreatePolicyRequest: policyName.
const nameMistakes = ({ PolicyName }: JsonObject): readonly Mistake[] =>
  PolicyName === undefined || (typeof PolicyName === 'string' && /^[\w+=,.@-]{1,128}$/.test(PolicyName))
    ? []
    : [{ got: `the policy name ${JSON.stringify(PolicyName)}`, allowed: '1 to 128 of A-Z a-z 0-9 _ + = , . @ -', fix: 'rename it' }];

const statementMistakes = ({ Statement }: JsonObject): readonly Mistake[] => {
  const statements = listOf(Statement);
  if (statements.length === 0) return [{ got: 'no statement', allowed: 'at least one', fix: 'say what is allowed, or remove the policy' }];
  return statements.flatMap((statement) =>
    isObject(statement)
      ? [...unknownKeys('statement', statement, STATEMENT_KEYS), ...wrongEffect(statement), ...wrongSelection(statement)]
      : [{ got: `the statement ${JSON.stringify(statement)}`, allowed: 'an object', fix: 'write it as one' }],
  );
};

const wrongEffect = ({ Effect }: JsonObject): readonly Mistake[] =>
  Effect === 'Allow' || Effect === 'Deny'
    ? []
    : [{ got: `the effect ${JSON.stringify(Effect)}`, allowed: 'Allow or Deny', fix: 'use one of the two, spelled so' }];

const wrongSelection = ({ Action, Resource, NotResource }: JsonObject): readonly Mistake[] => [
  ...(isTexts(Action) ? [] : [{ got: `the action ${JSON.stringify(Action)}`, allowed: 'one or more names', fix: 'name the actions' }]),
  ...((Resource === undefined) === (NotResource === undefined)
    ? [{ got: 'both or neither of Resource and NotResource', allowed: 'exactly one', fix: 'keep the one that is meant' }]
    : []),
  ...(isTexts(Resource ?? NotResource ?? [''])
    ? []
    : [{ got: `the resource ${JSON.stringify(Resource ?? NotResource)}`, allowed: 'one or more ARNs', fix: 'name the resources' }]),
];

const isTexts = (value: unknown): boolean => {
  const texts = listOf(value);
  return texts.length > 0 && texts.every((text) => typeof text === 'string');
};
