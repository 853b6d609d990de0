import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../../../local/aws-error.ts';
import type { SqlVersion } from '../../../../../local/iot/rules/rule-context.ts';
import { parseRuleSql } from '../../../../../local/iot/rules/sql/parse-sql.ts';
import { dialect } from '../rule-context.ts';

const refusalOf = (sql: string, version?: SqlVersion): AwsError => {
  try {
    parseRuleSql(sql, dialect(version));
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('the statement was accepted');
};

describe('a rule statement', () => {
  test.each([
    "SELECT * FROM 'a/b'",
    "select * from 'a/+/#' where a = 1",
    'SELECT * FROM "a/b"',
    "SELECT *, topic(2) AS device, a.b.c AS x.y FROM 'a/b'",
    "SELECT timestamp(), clientid() FROM 'a'",
    "SELECT value FROM 'a' WHERE value > 3",
    "SELECT a FROM '$aws/events/presence/connected/#' WHERE NOT startswith(clientId, 'claim-')",
    "SELECT a FROM 'a' WHERE (a = 1 OR b <> 2) AND NOT c IN ['x', 'y']",
    "SELECT (t - 32) * 5 / 9 AS celsius FROM 'a'",
    "SELECT *\n  FROM 'a'\n  WHERE a >= -1.5",
  ])('%s is read', (sql) => {
    expect(parseRuleSql(sql, dialect()).topicFilter).not.toBe('');
  });

  test.each([
    ['an empty statement', '', /expected SELECT/],
    ['no fields', "SELECT FROM 'a'", /unexpected FROM/],
    ['a filter without quotation marks', 'SELECT * FROM a/b', /topic filter in quotation marks/],
    ['a filter that is none', "SELECT * FROM 'a/#/b'", /not a topic filter/],
    ['an open quotation mark', "SELECT * FROM 'a", /not understood/],
    ['an open parenthesis', "SELECT * FROM 'a' WHERE (a = 1", /expected \)/],
    ['a missing operand', "SELECT * FROM 'a' WHERE a =", /expected an expression/],
    ['an unknown function', "SELECT now() FROM 'a'", /"now" is not one of the functions/],
    ['an inherited name for a function', "SELECT constructor() FROM 'a'", /not one of the functions/],
    ['an expression without a name', "SELECT 1 + 1 FROM 'a'", /needs a name/],
    ['something after the end', "SELECT * FROM 'a' LIMIT 1", /expected the end/],
    ['!= for <>', "SELECT * FROM 'a' WHERE a != 1", /not understood/],
    [
      'a function of AWS that is missing here',
      "SELECT aws_lambda('f', a) AS x FROM 'a'",
      /function aws_lambda is not supported by the local AWS/,
    ],
    ['a CASE without WHEN', "SELECT CASE a END AS x FROM 'a'", /expected WHEN/],
    ['EXISTS', "SELECT * FROM 'a' WHERE EXISTS (SELECT * FROM b)", /EXISTS is not supported by the local AWS/],
    ['a nested query', "SELECT (SELECT VALUE n FROM e) AS x FROM 'a'", /a nested query is not supported by the local AWS/],
    ['SET', "SET @a = 1 SELECT @a AS x FROM 'a'", /SET is not supported by the local AWS/],
    ['a variable', "SELECT @a AS x FROM 'a'", /a variable is not supported by the local AWS/],
    ['protobuf', "SELECT decode(a, 'proto', 'b', 'c', 'd', 'e') AS x FROM 'a'", /decoding protobuf is not supported by the local AWS/],
    ['an unknown encoding', "SELECT encode(a, 'hex') AS x FROM 'a'", /the scheme must be the literal 'base64'/],
    ['an encoding that is not written out', "SELECT decode(a, b) AS x FROM 'a'", /the scheme must be the literal 'base64'/],
    ['an unknown type', "SELECT cast(a AS money) AS x FROM 'a'", /expected a type/],
    ['* where it means nothing', "SELECT lower(*) AS x FROM 'a'", /encode takes \*/],
    [
      'a letter of a time pattern that is missing here',
      "SELECT parse_time('ww', 0) AS x FROM 'a'",
      /letter w of a time pattern is not supported/,
    ],
    ['a number beyond all bounds', "SELECT 1e999 AS x FROM 'a'", /too great/],
    ['a statement without end', `SELECT ${'a,'.repeat(4000)}a FROM 'a'`, /no more than 4000/],
    ['expressions nested without end', `SELECT * FROM 'a' WHERE ${'('.repeat(1900)}1${')'.repeat(1900)}`, /nested too deeply/],
    ['signs without end', `SELECT ${'-'.repeat(3000)}1 AS x FROM 'a'`, /nested too deeply/],
  ])('%s is refused', (_, sql, message) => {
    const refusal = refusalOf(sql);
    expect(refusal).toMatchObject({ code: 'SqlParseException', status: 400 });
    expect(refusal.message).toMatch(message);
  });

  test('says where it went wrong', () => {
    expect(refusalOf("SELECT * FROM 'a' WHERE a = ?").message).toContain('character 29');
  });

  test.each([
    ["SELECT length(a) AS x FROM 'a'", /the function length needs SQL version 2016-03-23/],
    ["SELECT [a] AS x FROM 'a'", /a literal array or object needs SQL version 2016-03-23/],
    ["SELECT cast(a AS Boolean) AS x FROM 'a'", /casting to BOOLEAN needs SQL version 2016-03-23/],
  ])('%s is refused in SQL version 2015-10-08, and read in beta', (sql, message) => {
    expect(refusalOf(sql, '2015-10-08').message).toMatch(message);
    expect(parseRuleSql(sql, dialect('beta')).topicFilter).toBe('a');
  });

  test('needs no FROM when only Basic Ingest reaches it', () => {
    expect(parseRuleSql('SELECT * WHERE a = 1', dialect()).topicFilter).toBeUndefined();
  });

  test.each(['value', 'value, a', 'value AS x', 'value * 2 AS x', 'value.a', 'value + 1 AS x', 'value - 1 AS x'])(
    'SELECT %s means a field of that name',
    (select) => {
      expect(parseRuleSql(`SELECT ${select} FROM 'a'`, dialect()).select.kind).toBe('object');
    },
  );

  test.each(['VALUE a', 'VALUE *', 'VALUE [a]', "VALUE 'x'", 'value (a + 1)', 'VALUE topic()'])('SELECT %s means one value', (select) => {
    expect(parseRuleSql(`SELECT ${select} FROM 'a'`, dialect()).select.kind).toBe('value');
  });
});
