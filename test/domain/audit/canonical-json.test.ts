import fc from 'fast-check';
import { CanonicalFormError, canonicalJson, repairedCanonicalJson } from '../../../domain/audit/canonical-json.ts';

const numberFrom = (hex: string): number => Buffer.from(hex, 'hex').readDoubleBE();

describe('The canonical form of JSON', () => {
  test('is that of the example of RFC 8785 §3.2.2 to §3.2.4', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('has members in the order of RFC 8785 §3.2.3: by code units, not by code points nor by a language', () => {
    const value: unknown = JSON.parse(
      String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
    );
    const order = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, text]) => text);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of RFC 8785 appendix B as %s', (hex, text) => {
    expect(canonicalJson(numberFrom(hex))).toBe(text);
  });

  test.each([
    ['what is no number', numberFrom('7fffffffffffffff')],
    ['infinity', numberFrom('7ff0000000000000')],
    ['half a surrogate pair', '\ud800'],
    ['half of one in a name', { '\udc00': 1 }],
    ['nothing', [undefined]],
    ['a function', () => 1],
    ['a large integer', { a: 1n }],
    ['what has no end', Array.from({ length: 50 }).reduce<unknown>((inner) => [inner], 1)],
  ])('there is none of %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalFormError);
  });

  test('says the same as what it was made of, and is its own canonical form', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = repairedCanonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('has a sign in place of half a surrogate pair where that is asked for', () => {
    expect(repairedCanonicalJson({ a: 'x\ud800y' })).toBe('{"a":"x\ufffdy"}');
  });
});
