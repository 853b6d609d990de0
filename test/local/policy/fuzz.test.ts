import fc from 'fast-check';
import { AwsError } from '../../../local/aws-error.ts';
import { createBehaviour } from '../../../local/iot/behaviour/behaviour.ts';
import { parseIotPolicy } from '../../../local/iot/policy/parse-iot-policy.ts';
import { evaluate } from '../../../local/policy/evaluate.ts';
import { identityGrammar, resourceGrammar, trustGrammar } from '../../../local/policy/iam-grammars.ts';
import { MalformedPolicy } from '../../../local/policy/malformed-policy.ts';
import { parsePolicyDocument } from '../../../local/policy/parse-policy.ts';
import type { PolicyDocument } from '../../../local/policy/policy-document.ts';

const word = fc.constantFrom(
  ...['Allow', 'Deny', '*', 'iot:Connect', 'iot:*', 's3:GetObject', 'arn:aws:iot:us-east-1:123456789012:client/a', '2012-10-17', ''],
  ...[
    '${iot:ClientId}',
    '${',
    '${*}',
    'a*b?c',
    'StringLike',
    '10.0.0.0/8',
    '999.1.1.1/99',
    'true',
    '__proto__',
    'arn:aws:iam::123456789012:root',
  ],
);

const member = fc.constantFrom(
  ...[
    'Version',
    'Id',
    'Statement',
    'Sid',
    'Effect',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Principal',
    'NotPrincipal',
    'Condition',
  ],
  ...[
    'AWS',
    'Service',
    'StringLike',
    'IpAddress',
    'NumericLessThanIfExists',
    'ForAllValues:ArnLike',
    'Null',
    'aws:SourceIp',
    'iot:ClientId',
    '__proto__',
  ],
);

const json = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, word, fc.jsonValue(), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(member, tie('value'), { maxKeys: 6 }),
})).object;

const statement = fc.record(
  {
    Effect: word,
    Action: fc.oneof(word, fc.array(word)),
    Resource: fc.oneof(word, fc.array(word)),
    Principal: json,
    Condition: json,
    Sid: fc.string(),
  },
  { requiredKeys: ['Effect', 'Action'] },
);

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  json.map((value) => JSON.stringify(value)),
  fc.array(statement).map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement })),
);

const examples: [string][] = [
  ['null'],
  ['{"Version":"2012-10-17","Statement":{"__proto__":{"Effect":"Allow"}}}'],
  [`{"Version":"2012-10-17","Statement":${'['.repeat(900)}${']'.repeat(900)}}`],
  [`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"arn:aws:iot:a:1:${'*a'.repeat(500)}"}]}`],
];

const tryOn = (document: PolicyDocument): void => {
  const variables = (key: string): readonly string[] => (key.startsWith('iot:') ? ['a*b', '${x}'] : []);
  const resource = `arn:aws:iot:us-east-1:123456789012:client/${'a'.repeat(500)}b`;
  const { decision } = evaluate([document], { principal: { service: 'iot.amazonaws.com' }, action: 'iot:Connect', resource, variables });
  expect(['allowed', 'explicitDeny', 'implicitDeny']).toContain(decision);
};

const expectEither = (read: () => PolicyDocument, isRefusal: (error: unknown) => boolean): void => {
  let document: PolicyDocument;
  try {
    document = read();
  } catch (error) {
    expect(isRefusal(error)).toBe(true);
    return;
  }
  tryOn(document);
};

test('Any text is a policy of AWS IoT, or refused with MalformedPolicyException', () => {
  const isRefusal = (error: unknown): boolean => error instanceof AwsError && error.code === 'MalformedPolicyException';
  fc.assert(
    fc.property(text, (document) => {
      expectEither(() => parseIotPolicy(document), isRefusal);
    }),
    { numRuns: 2000, examples },
  );
});

test.each([
  ['identity', identityGrammar],
  ['trust', trustGrammar],
  ['resource', resourceGrammar],
])('Any text is a policy of IAM (%s), or malformed', (_name, grammar) => {
  fc.assert(
    fc.property(text, (document) => {
      expectEither(
        () => parsePolicyDocument(document, grammar),
        (error) => error instanceof MalformedPolicy,
      );
    }),
    { numRuns: 1000, examples },
  );
});

test('What a policy of AWS IoT may say follows what was captured', () => {
  const policy = (rest: object): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*', ...rest }] });
  const captured = createBehaviour({ 'policy.takes-operators-of-iam': false, 'policy.case-of-actions-matters': false });
  const numeric = policy({ Condition: { NumericLessThan: { 'aws:EpochTime': '5' } } });
  expect(() => parseIotPolicy(numeric, captured)).toThrow(/not a condition operator that may be used here/);
  expect(parseIotPolicy(numeric).statements).toHaveLength(1);
  tryOn(parseIotPolicy(policy({ Action: 'IOT:connect' }), captured));
});
