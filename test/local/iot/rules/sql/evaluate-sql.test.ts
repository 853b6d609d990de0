import { describe, expect, test } from '@jest/globals';
import { isSelected, project } from '../../../../../local/iot/rules/sql/evaluate-sql.ts';
import { parseRuleSql } from '../../../../../local/iot/rules/sql/parse-sql.ts';
import type { SqlValue } from '../../../../../local/iot/rules/sql/sql-expression.ts';
import type { RuleContext } from '../../../../../local/iot/rules/sql/sql-functions.ts';

type Json = Readonly<Record<string, SqlValue>>;

const contextOf = (json: Json | undefined, rawPayload = Buffer.from(JSON.stringify(json ?? ''))): RuleContext => ({
  json,
  rawPayload,
  topic: 'lamps/l1/state',
  clientId: 'l1',
  principal: 'c0ffee',
  accountId: '123456789012',
  nowMs: 1_700_000_000_000,
});

const selected = (where: string, json: Json = {}): boolean => isSelected(parseRuleSql(`SELECT * FROM 'a' WHERE ${where}`), contextOf(json));

const projected = (select: string, json: Json = {}): unknown =>
  JSON.parse(project(parseRuleSql(`SELECT ${select} FROM 'a'`), contextOf(json)).toString());

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

  test('* passes a payload through that is no JSON object', () => {
    const raw = Buffer.from([0, 1, 255]);
    expect(project(parseRuleSql("SELECT *, clientid() FROM 'a'"), contextOf(undefined, raw))).toEqual(raw);
  });

  test('adds fields to an empty payload', () => {
    const outgoing = project(parseRuleSql("SELECT *, clientid() AS id FROM 'a'"), contextOf(undefined, Buffer.alloc(0)));
    expect(outgoing.toString()).toBe('{"id":"l1"}');
  });

  test('cannot reach what is inherited', () => {
    expect(projected('*, 1 AS __proto__.polluted')).toHaveProperty(['__proto__', 'polluted'], 1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
