import * as fc from 'fast-check';
import { parseDeviceSecret } from '../../../../approaches/pki/evidence/device-secret.ts';

const secrets = fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Buffer.from(bytes));

describe('A device secret', () => {
  test('is the same bytes in hexadecimal digits, base64 and base64url', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const texts = [
          secret.toString('hex'),
          secret.toString('hex').toUpperCase(),
          secret.toString('base64'),
          secret.toString('base64url'),
        ];
        for (const text of texts) expect(parseDeviceSecret(`${text}\n`)?.equals(secret)).toBe(true);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['31 bytes', 'ab'.repeat(31)],
    ['65 bytes', 'ab'.repeat(65)],
    ['short hexadecimal digits that would be long enough in base64', 'ab'.repeat(24)],
    ['an odd number of hexadecimal digits', 'a'.repeat(65)],
    ['something with a space in it', `${'ab'.repeat(20)} ${'ab'.repeat(20)}`],
    ['a key in PEM', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----`],
  ])('is not %s', (_, text) => {
    expect(parseDeviceSecret(text)).toBeUndefined();
  });
});
