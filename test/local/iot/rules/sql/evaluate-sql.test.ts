import { describe, expect, test } from '@jest/globals';
import type { BehaviourCapture } from '../../../../../local/iot/behaviour/behaviour.ts';
import type { SqlVersion } from '../../../../../local/iot/rules/rule-context.ts';
import { parseRuleSql } from '../../../../../local/iot/rules/sql/parse-sql.ts';
import { isSelected, project } from '../../../../../local/iot/rules/sql/project.ts';
import type { SqlValue } from '../../../../../local/iot/rules/sql/sql-expression.ts';
import { dialect, ruleContext } from '../rule-context.ts';

type Json = Readonly<Record<string, SqlValue>>;

const selected = (where: string, json: Json = {}): boolean =>
  isSelected(parseRuleSql(`SELECT * FROM 'a' WHERE ${where}`, dialect()), ruleContext({ json }));

const outgoing = (select: string, json: Json = {}, version: SqlVersion = '2016-03-23', capture: BehaviourCapture = {}): string => {
  const { behaviour } = dialect(version, capture);
  return project(parseRuleSql(`SELECT ${select} FROM 'a'`, { version, behaviour }), ruleContext({ json, behaviour }), version).toString();
};

const projected = (select: string, json: Json = {}): unknown => JSON.parse(outgoing(select, json));

describe('WHERE', () => {
  test.each<[string, Json, boolean]>([
    ['a = 1', { a: 1 }, true],
    ['a = 1', { a: '1' }, false],
    ['a = 1', {}, false],
    ['a <> 1', { a: 2 }, true],
    ['a <> 1', { a: '1' }, true],
    ['a <> 1', {}, false],
    ["a = 'x'", { a: 'x' }, true],
    ['a = b', { a: [1, { c: 2 }], b: [1, { c: 2 }] }, true],
    ['a = NULL', { a: null }, true],
    ['a > 5', { a: 6 }, true],
    ['a > 5', { a: '6' }, true],
    ['a > 5', { a: 'six' }, false],
    ['a <= 5', { a: 5 }, true],
    ['a < 5', {}, false],
    ['a.b.c = 1', { a: { b: { c: 1 } } }, true],
    ['a.b.c = 1', { a: 'text' }, false],
    ['a', { a: true }, true],
    ['a', { a: 1 }, false],
    ['NOT a', { a: false }, true],
    ['NOT a', { a: 'FALSE' }, true],
    ['NOT a', {}, false],
    ['a AND b', { a: true, b: 'true' }, true],
    ['a OR b', { a: false, b: true }, true],
    ['a OR b', { a: true }, false],
    ['a = 1 OR b = 2 AND c = 3', { a: 1, b: 0, c: 0 }, true],
    ['(a = 1 OR b = 2) AND c = 3', { a: 1, b: 0, c: 0 }, false],
    ['NOT a = 1 AND b = 2', { a: 2, b: 2 }, true],
    ['NOT (a = 1 OR b = 2)', { a: 2, b: 3 }, true],
    ["a IN ['x', 'y']", { a: 'y' }, true],
    ["NOT a IN ['x', 'y']", { a: 'z' }, true],
    ['3 IN arr', { arr: [1, 2, 3, 'three', 5.7, null] }, true],
    ['4 IN arr', { arr: [1, 2, 3] }, false],
    ['a + 1 = 3', { a: 2 }, true],
    ["a + 1 = '21'", { a: '2' }, true],
    ['a - 1 = 1', { a: '2' }, true],
    ['7 / 2 = 3', {}, true],
    ['7.5 / 2.5 = 3', {}, true],
    ['7 % 4 = 3', {}, true],
    ['1 / 0 = 1 / 0', {}, false],
    ["a + 'x' = 'x'", { a: null }, false],
    ['5E-1 = 0.5', {}, true],
    ["'5E+1' > 1", {}, false],
    ["CASE a WHEN 1 THEN 'one' ELSE 'more' END = 'one'", { a: 1 }, true],
    ['a * -1 = -2', { a: 2 }, true],
    ["startswith(a, 'cl')", { a: 'claim' }, true],
    ["NOT startswith(clientId, 'claim-')", { clientId: 'claim-1' }, false],
    ["NOT startswith(clientId, 'claim-')", { clientId: 'lamp-1' }, true],
    ["NOT startswith(clientId, 'claim-')", {}, false],
    ["endswith(a, 'im')", { a: 'claim' }, true],
    ["lower(a) = 'x' AND upper(a) = 'X'", { a: 'X' }, true],
    ["concat(a, '-', b) = 'x-1'", { a: 'x', b: 1 }, true],
    ["topic() = 'lamps/l1/state' AND topic(2) = 'l1'", {}, true],
    ["clientid() = 'l1' AND principal() = 'c0ffee'", {}, true],
    ["accountid() = '123456789012'", {}, true],
    ["get(get(a, 'my-key'), 1) = 'y'", { a: { 'my-key': ['x', 'y'] } }, true],
    ['isUndefined(a) AND isNull(b)', { b: null }, true],
    ["length(a) = 3 AND indexof(a, 'b') = 1", { a: 'abc' }, true],
    ['constructor = 1 OR isUndefined(constructor.name)', {}, false],
    ['isUndefined(constructor)', {}, true],
  ])('%s of %j is %s', (where, json, expected) => {
    expect(selected(where, json)).toBe(expected);
  });
});

describe('SELECT', () => {
  test.each<[string, Json, unknown]>([
    ['*', { a: 1, b: { c: 2 } }, { a: 1, b: { c: 2 } }],
    ['a', { a: 1, b: 2 }, { a: 1 }],
    ['a.b', { a: { b: 1 } }, { b: 1 }],
    ['a AS x, b AS y', { a: 1, b: 2 }, { x: 1, y: 2 }],
    ['a AS x.y, b AS x.z', { a: 1, b: 2 }, { x: { y: 1, z: 2 } }],
    ['*, 15 AS speed', { a: 1 }, { a: 1, speed: 15 }],
    ['*, topic(2) AS a', { a: 1 }, { a: 'l1' }],
    ['missing, a', { a: 1 }, { a: 1 }],
    ['timestamp(), clientid()', {}, { timestamp: 1_700_000_000_000, clientid: 'l1' }],
    ['[a, 2] AS list', { a: 1 }, { list: [1, 2] }],
    ['(t - 32) * 5 / 9 AS celsius, upper(color) AS my_color', { t: 50, color: 'red' }, { celsius: 10, my_color: 'RED' }],
    ["'it''s' AS x", {}, { x: "it's" }],
  ])('%s of %j', (select, json, expected) => {
    expect(projected(select, json)).toEqual(expected);
  });

  const parsed = (select: string) => parseRuleSql(`SELECT ${select} FROM 'a'`, dialect());

  test('* passes a payload through that is no JSON object', () => {
    const rawPayload = Buffer.from([0, 1, 255]);
    expect(project(parsed('*, clientid()'), ruleContext({ json: undefined, rawPayload }), '2016-03-23')).toEqual(rawPayload);
  });

  test('adds members to an empty payload', () => {
    const context = ruleContext({ json: undefined, rawPayload: Buffer.alloc(0) });
    expect(project(parsed('*, clientid() AS id'), context, '2016-03-23').toString()).toBe('{"id":"l1"}');
  });

  test('encodes any payload', () => {
    const context = ruleContext({ json: undefined, rawPayload: Buffer.from('80') });
    expect(
      project(parsed("encode(*, 'base64') AS data, decode(encode(*, 'base64'), 'base64') AS value"), context, '2016-03-23').toString(),
    ).toBe('{"data":"ODA=","value":80}');
  });

  test.each<[string, Json, string]>([
    ['VALUE color', { color: 'red' }, '"red"'],
    ['VALUE arr', { arr: [1, 2, 3, 4] }, '[1,2,3,4]'],
    ['VALUE missing', {}, ''],
    ['VALUE nothing', { nothing: null }, 'null'],
    ['VALUE *', { a: 1 }, '{"a":1}'],
    ["VALUE {'x': a, 'y': missing}", { a: 1 }, '{"x":1}'],
  ])('%s of %j puts out %s', (select, json, expected) => {
    expect(outgoing(select, json)).toBe(expected);
  });

  test('VALUE puts out no array in SQL version 2015-10-08', () => {
    expect(outgoing('VALUE arr', { arr: [1] }, '2015-10-08')).toBe('');
    expect(outgoing('VALUE arr', { arr: [1] }, '2015-10-08', { 'rules.array-of-2015-10-08': 'array' })).toBe('[1]');
  });

  test('does as a capture says', () => {
    expect(outgoing('a, b AS a', { a: 1, b: 2 })).toBe('{"a":2}');
    expect(outgoing('a, b AS a', { a: 1, b: 2 }, '2016-03-23', { 'rules.same-name-twice': 'first' })).toBe('{"a":1}');
    expect(outgoing('substring(a, 1.5) AS x', { a: 'abcd' }, '2016-03-23', { 'rules.decimal-to-int': 'nearest' })).toBe('{"x":"cd"}');
    expect(outgoing('concat(1) AS x', {}, '2016-03-23', { 'rules.concat-of-one': 'text' })).toBe('{"x":"1"}');
    expect(outgoing('a + 1, b', { a: 1, b: 2 }, '2016-03-23', { 'rules.expression-without-alias': 'omitted' })).toBe('{"b":2}');
  });

  test('cannot reach what is inherited', () => {
    expect(projected('*, 1 AS __proto__.polluted')).toHaveProperty(['__proto__', 'polluted'], 1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
