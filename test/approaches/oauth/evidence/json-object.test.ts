import fc from 'fast-check';
import { readJsonObject } from '../../../../approaches/oauth/evidence/json-object.ts';

const read = (text: string) => readJsonObject(Buffer.from(text, 'utf8'));

describe('An object of a token', () => {
  test('reads as JSON does', () => {
    const anObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(anObject, fc.constantFrom(undefined, 1), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('is none when a member stands in it twice, however it is spelled and wherever it is', () => {
    const pair = fc.tuple(fc.string(), fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(pair, ([name, one, other]) => {
        const member = JSON.stringify(name);
        const twice = `{${member}:${JSON.stringify(one)},${member} :${JSON.stringify(other)}}`;
        expect([read(twice), read(`{"a":[${twice}]}`)]).toEqual([undefined, undefined]);
      }),
    );
    expect(read('{"alg":"none","\\u0061lg":"ES256"}')).toBeUndefined();
    expect(read('{"__proto__":1,"__proto__":2}')).toBeUndefined();
  });

  test.each([
    ['a list', '[]'],
    ['a text', '"a"'],
    ['nothing', 'null'],
    ['no JSON', '{a:1}'],
    ['something after it', '{} {}'],
    ['a mark of byte order', '\uFEFF{}'],
    ['too many levels', `{"a":${'{"a":'.repeat(13)}1${'}'.repeat(13)}}`],
  ])('is not %s', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });

  test('is not what is no UTF-8', () => {
    expect(readJsonObject(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeUndefined();
  });
});
