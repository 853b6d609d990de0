import * as fc from 'fast-check';
import { codeKeyOf, normalizeCode } from '../../../../approaches/pki/evidence/enrollment-code.ts';
import { aLine, aSerial } from '../../../builders/identifiers.ts';

describe('An enrollment code', () => {
  test.each([
    ['abcd-efgh', 'ABCDEFGH'],
    ['ABCD EFGH', 'ABCDEFGH'],
    ['o0il-1234', '00111234'],
    ['A'.repeat(64), 'A'.repeat(64)],
  ])('%j is meant by %j', (typed, normal) => {
    expect(normalizeCode(typed)).toBe(normal);
  });

  test.each([
    '',
    'ABCDEFG',
    'A'.repeat(65),
    'ABCD_EFGH',
    'ABCDEFG\n1',
    'ßßßßßßßß',
    'ﬁﬁﬁﬁﬁﬁﬁﬁ',
    'ＡＢＣＤＥＦＧＨ',
    'ABCDEFG\u200b1',
    'ıııııııı',
  ])('%j is none', (typed) => {
    expect(normalizeCode(typed)).toBeUndefined();
  });

  test('has one form, however it is typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8,64}$/), fc.nat(60), (code, place) => {
        expect(normalizeCode(`${code.slice(0, place)} -${code.slice(place)}`.toLowerCase())).toBe(code);
        expect(normalizeCode(code)).toBe(code);
      }),
    );
  });

  test('stands for this key, now and for every code that was ever handed out', async () => {
    expect((await codeKeyOf('ABCDEFGH', aLine('sensor'), aSerial('SN-1'))).toString('base64url')).toBe(
      'rPY6YYlUKqD_SIwjHzLZkIQN3B6zvViNHxyTmH2ovxM',
    );
  });

  test('stands for another key on another line and for another serial number', async () => {
    const keys = await Promise.all([
      codeKeyOf('ABCDEFGH', aLine('sensor'), aSerial('SN-1')),
      codeKeyOf('ABCDEFGH', aLine('gateway'), aSerial('SN-1')),
      codeKeyOf('ABCDEFGH', aLine('sensor'), aSerial('SN-2')),
      codeKeyOf('ABCDEFGJ', aLine('sensor'), aSerial('SN-1')),
    ]);
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(4);
  });
});
