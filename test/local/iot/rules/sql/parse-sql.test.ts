import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../../../local/aws-error.ts';
import { parseRuleSql } from '../../../../../local/iot/rules/sql/parse-sql.ts';

const refusalOf = (sql: string): AwsError => {
  try {
    parseRuleSql(sql);
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
    expect(parseRuleSql(sql).topicFilter).not.toBe('');
  });

  test.each([
    ['an empty statement', '', /expected SELECT/],
    ['no FROM', 'SELECT *', /expected FROM/],
    ['no fields', "SELECT FROM 'a'", /unexpected FROM/],
    ['a filter without quotation marks', 'SELECT * FROM a/b', /topic filter in quotation marks/],
    ['a filter that is none', "SELECT * FROM 'a/#/b'", /not a topic filter/],
    ['an open quotation mark', "SELECT * FROM 'a", /not understood/],
    ['an open parenthesis', "SELECT * FROM 'a' WHERE (a = 1", /expected \)/],
    ['a missing operand', "SELECT * FROM 'a' WHERE a =", /expected an expression/],
    ['an unknown function', "SELECT now() FROM 'a'", /"now" is not one of the functions/],
    ['an inherited name for a function', "SELECT constructor() FROM 'a'", /not one of the functions/],
    ['too many arguments', "SELECT clientid(1) AS x FROM 'a'", /does not take 1 argument/],
    ['too few arguments', "SELECT startswith('a') AS x FROM 'a'", /does not take 1 argument/],
    ['an expression without a name', "SELECT 1 + 1 FROM 'a'", /needs a name/],
    ['something after the end', "SELECT * FROM 'a' LIMIT 1", /end of the statement/],
    ['!= for <>', "SELECT * FROM 'a' WHERE a != 1", /not understood/],
    ['CASE', "SELECT CASE a WHEN 1 THEN 2 END AS x FROM 'a'", /CASE is not supported/],
    ['EXISTS', "SELECT * FROM 'a' WHERE EXISTS (SELECT * FROM b)", /EXISTS is not supported/],
    ['SELECT VALUE', "SELECT VALUE a FROM 'a'", /SELECT VALUE is not supported/],
    ['expressions nested without end', `SELECT * FROM 'a' WHERE ${'('.repeat(5000)}1${')'.repeat(5000)}`, /nested too deeply/],
    ['signs without end', `SELECT ${'-'.repeat(50_000)}1 AS x FROM 'a'`, /nested too deeply/],
  ])('%s is refused', (_, sql, message) => {
    const refusal = refusalOf(sql);
    expect(refusal).toMatchObject({ code: 'SqlParseException', status: 400 });
    expect(refusal.message).toMatch(message);
  });

  test('says where it went wrong', () => {
    expect(refusalOf("SELECT * FROM 'a' WHERE a = ?").message).toContain('character 29');
  });
});
