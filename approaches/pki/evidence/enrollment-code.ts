import { scrypt } from 'node:crypto';
import type { LineName } from '../../../domain/identifiers.ts';
import { lengthPrefixed } from '../../../domain/length-prefixed.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 64;
const TYPED = /^[0-9A-Za-z -]*$/;

/**
 * RFC 7914: 16 MiB and about 50 ms on one core of a server, a second or so on a gateway. A code has 40 bits or more, is good
 * once, and nobody sees a MAC under it but who may read the function's memory; so this buys years against guessing one from
 * such a MAC. More would cost devices with little memory their onboarding, and an import this much for every row.
 */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const KEY_BYTES = 32;

/**
 * A code as people may type it, in its one form: capitals and digits, without spaces and hyphens, O as 0 and I and L as 1;
 * `undefined` where it has fewer than 8 of them, or more than 64, or anything else in it.
 */
export const normalizeCode = (code: string): string | undefined => {
  // Before anything is changed: there are letters outside ASCII whose capitals are in it.
  if (!TYPED.test(code)) return undefined;
  const normal = code.replaceAll(/[ -]/g, '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return normal.length >= MIN_LENGTH && normal.length <= MAX_LENGTH ? normal : undefined;
};

/** The key that a code in its normal form stands for, on this line and for this serial number and no other. */
export const codeKeyOf = (normalCode: string, line: LineName, serialNumber: SerialNumber): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const salt = lengthPrefixed(['muster enrollment code v1', line, serialNumber]);
    scrypt(normalCode, salt, KEY_BYTES, COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
