import fc from 'fast-check';
import { AwsError } from '../../../../../local/aws-error.ts';
import { compileRule } from '../../../../../local/iot/rules/compiled-rule.ts';
import type { RuleContext, SqlVersion } from '../../../../../local/iot/rules/rule-context.ts';
import { readJsonValue } from '../../../../../local/iot/rules/sql/json-value.ts';
import { parseRuleSql } from '../../../../../local/iot/rules/sql/parse-sql.ts';
import { isSelected, project } from '../../../../../local/iot/rules/sql/project.ts';
import { functionNames } from '../../../../../local/iot/rules/sql/sql-functions.ts';
import type { SqlValue } from '../../../../../local/iot/rules/sql/sql-expression.ts';
import { dialect, ruleContext } from '../rule-context.ts';

const pieces = [
  ...['SELECT', 'VALUE', '*', 'FROM', "'a/+'", '"x"', 'WHERE', 'AS', 'AND', 'OR', 'NOT', 'IN', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END'],
  ...[
    'a',
    'b.c',
    '__proto__',
    '1',
    '-2.5e3',
    "'it''s'",
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '.',
    '@',
    '=',
    '<>',
    '<',
    '+',
    '-',
    '/',
    '%',
  ],
  ...functionNames.map((name) => `${name}(`),
];

const anySql = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => `SELECT ${parts.join(' ')} FROM 'a'`),
);

const version = fc.constantFrom<SqlVersion>('2015-10-08', '2016-03-23', 'beta');

const isObject = (value: SqlValue): value is Readonly<Record<string, SqlValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const contextOf = (payload: Uint8Array | string): RuleContext => {
  const rawPayload = Buffer.from(payload);
  const value = readJsonValue(rawPayload.toString());
  return ruleContext({ rawPayload, json: isObject(value) ? value : undefined });
};

const anyPayload = fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.json());

/** What AWS refuses, or a rule; nothing else. */
const refusesOrYields = <Result>(read: () => Result): Result | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'SqlParseException') return undefined;
    throw error;
  }
};

test('Any text is a statement or refused with SqlParseException, and a statement takes any payload', () => {
  fc.assert(
    fc.property(anySql, version, anyPayload, (sql, named, payload) => {
      const statement = refusesOrYields(() => parseRuleSql(sql, dialect(named)));
      if (statement === undefined) return;
      const context = contextOf(payload);
      expect(typeof isSelected(statement, context)).toBe('boolean');
      expect(Buffer.isBuffer(project(statement, context, named))).toBe(true);
    }),
    {
      numRuns: 2000,
      examples: [
        ['SELECT', '2016-03-23', ''],
        ["SELECT VALUE FROM 'a'", '2016-03-23', '{"VALUE":1}'],
        ["SELECT *, 1 AS __proto__.x FROM 'a'", '2016-03-23', '{"__proto__":{"y":1}}'],
        [`SELECT ${'['.repeat(3000)}`, '2016-03-23', ''],
        [`SELECT * FROM 'a' WHERE ${'a OR '.repeat(1900)}a`, '2016-03-23', '{"a":true}'],
        ['SELECT "', '2015-10-08', ''],
      ],
    },
  );
});

const argument = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'null', 'undefined', 'true', '[1, a]', "{'x': b}", "''", '0', '-1', '1e300', "'base64'"),
  fc.string({ maxLength: 12 }).map((text) => `'${text.replaceAll("'", "''")}'`),
);

const functions = functionNames.filter((name) => !['cast', 'encode', 'decode', 'sql_version'].includes(name));

const call = fc.letrec<{ expression: string; call: string }>((tie) => ({
  expression: fc.oneof({ depthSize: 'small', withCrossShrink: true }, argument, tie('call')),
  call: fc
    .tuple(fc.constantFrom(...functions), fc.array(tie('expression'), { maxLength: 4 }))
    .map(([name, args]) => `${name}(${args.join(', ')})`),
})).call;

test('Any function takes any values', () => {
  fc.assert(
    fc.property(call, fc.json(), (expression, payload) => {
      const statement = refusesOrYields(() => parseRuleSql(`SELECT ${expression} AS x FROM 'a'`, dialect()));
      if (statement === undefined) return;
      const outgoing = project(statement, contextOf(payload), '2016-03-23');
      expect(typeof JSON.parse(outgoing.toString())).toBe('object');
    }),
    {
      numRuns: 2000,
      examples: [
        ["time_to_epoch('', 'ddddddddddddddddddddddddddddddd')", '{}'],
        ["time_to_epoch(a, 'zVzVzVzVzVzVzVzV')", '{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}'],
        ['parse_time(a, 1e300)', '{"a":"yyyy"}'],
        ["lpad('x', 1e300)", '{}'],
        ['topic(1e300)', '{}'],
      ],
    },
  );
});

test('Any actions are read or refused', () => {
  const setting = fc.oneof(
    fc.string(),
    fc.string().map((text) => `\${${text}}`),
    fc.constant('${a'),
    fc.anything(),
  );
  const members = fc.dictionary(
    fc.constantFrom('roleArn', 'topic', 'queueUrl', 'targetArn', 'functionArn', 'logGroupName', 'headers', 'qos', 'putItem', 'batchMode'),
    setting,
  );
  const kinds = fc.constantFrom('sqs', 'sns', 'lambda', 'republish', 'cloudwatchLogs', 'cloudwatchMetric', 'dynamoDBv2', 's3', '__proto__');
  fc.assert(
    fc.property(kinds, members, (kind, settings) => {
      const rule = {
        ruleName: 'r',
        sql: "SELECT * FROM 'a'",
        sqlVersion: '2016-03-23',
        actions: [{ [kind]: settings }],
        disabled: false,
      } as const;
      try {
        expect(compileRule(rule, dialect().behaviour).actions).toHaveLength(1);
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError);
      }
    }),
  );
});
